package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.ImagePath;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PixelPath;
import org.whisker.boundary.ScoredPath;
import org.whisker.chart.boundary.PathFilmstrip;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelNames;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.PathsConfig;
import org.whisker.study.boundary.PathsJob;
import org.whisker.table.boundary.CrossingRow;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code whisker boundary}: paths across the decision boundary, and the commands beside them. */
@Command(
    name = "boundary",
    description = {
      "Follows paths from one picture to another and reports where p(cat) crosses ½.",
      "Pixel by pixel in several orders, and in gray levels along a straight line. Writes path.csv,"
          + " crossings.csv, pixels.csv, band.csv, logit-band.csv, pixel-paths.png, straight.png,"
          + " filmstrip.png.",
      "A picture is an image file, white, an output folder of evolve (its best run), or the folder"
          + " of one run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Each step of best-first changes the pixel that moves the logit most towards",
      "that of --to. If there are many pixels, only the most promising by gradient are",
      "scored; where they change in blocks (photos differ nearly everywhere), the",
      "gradient alone decides. The search is greedy: an order that crosses earlier may",
      "exist. worst-first does the opposite. All crossings are in crossings.csv.",
      "",
      "Examples:",
      "  whisker boundary --model vgg16-mini --from white --to my-run",
      "  whisker boundary --model vgg16-mini --from a.jpg --to white --orders straight",
      "  whisker boundary --model vgg16-mini --from my-run/runs/1 --to a.jpg \\",
      "      --random 50",
      "  whisker boundary attack --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds",
      "  whisker boundary slice --model vgg16-mini --points white my-run a.jpg"
    })
public final class BoundaryCommand implements Callable<Integer> {
  /** The commands below this one, in the order in which help lists them. */
  private static final List<Function<Environment, Object>> SUBCOMMANDS =
      List.of(
          BoundaryAttackCommand::new,
          BoundaryCounterfactualCommand::new,
          BoundaryMarginsCommand::new,
          BoundaryMinimalCommand::new,
          BoundarySliceCommand::new,
          BoundaryTransferCommand::new,
          BoundaryRobustnessCommand::new);

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Option(names = "--from", paramLabel = "A", description = "Where the paths begin.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "B", description = "Where they end.")
  private @Nullable String to;

  @Mixin private final PathsOptions paths = new PathsOptions();
  @Mixin private final SeededOutput output = new SeededOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public BoundaryCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    for (Function<Environment, Object> command : SUBCOMMANDS) {
      CommandLine line = new CommandLine(command.apply(environment));
      spec.addSubcommand(line.getCommandName(), line);
    }
  }

  @Override
  public Integer call() throws IOException {
    String name = given("--model", model);
    String start = given("--from", from);
    String end = given("--to", to);
    PathsConfig config =
        new PathsConfig(
            new ModelConfig(name, running.config()),
            start,
            end,
            paths.options(output.seed()),
            resize.get());
    PathsJob.Result result =
        new PathsJob(environment.context(common, charts)).run(config, output.asked());
    BoundaryPaths found = result.paths();
    new PathFilmstrip(found.from(), found.to(), found.differing(), row -> pictures(found, row))
        .write(result.folder());
    environment.out().print(PathsSummary.text(found));
    environment.out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static PathFilmstrip.Pair pictures(BoundaryPaths paths, CrossingRow row) {
    ScoredPath path = paths.of(PathKind.parse(row.order())).get(row.draw().orElse(1) - 1);
    ImagePath images = path.path();
    List<Integer> changed =
        images instanceof PixelPath pixels
            ? Arrays.stream(pixels.order(), (int) row.before(), (int) row.after()).boxed().toList()
            : List.of();
    return new PathFilmstrip.Pair(
        images.at(row.before()), images.at(row.after()), changed, images.length());
  }

  /** Checked here: the commands below have their own. */
  private String given(String option, @Nullable String value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '" + option + "' (or name a subcommand)");
    }
    return value;
  }
}
