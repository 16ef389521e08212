package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.PathOptions;
import org.whisker.boundary.PixelOrders;
import org.whisker.chart.PathFigures;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.io.JsonFile;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Models;
import org.whisker.study.Provenance;
import org.whisker.study.StepProgress;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.SinglePicture;
import org.whisker.table.PathFiles;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
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
          + " crossings.csv, pixels.csv, band.csv, pixel-paths.png, straight.png, filmstrip.png.",
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
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds",
      "  whisker boundary slice --model vgg16-mini --points white my-run a.jpg"
    })
public final class BoundaryCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  /** The commands below this one, in the order in which help lists them. */
  private static final List<Function<Environment, Object>> SUBCOMMANDS =
      List.of(
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
    PathOptions options = paths.options(output.seed());
    TorchClassifier.Settings settings = running.settings(BATCH);
    StoredModel stored = Models.open(new ModelStore(environment.home().models()), name);
    try (Classifier classifier = Classifiers.openAny(stored, settings)) {
      PictureGroup.Picture a = SinglePicture.read("--from", start, classifier);
      PictureGroup.Picture b = SinglePicture.read("--to", end, classifier);
      checkDifferent(a, b);
      Path folder = output.folder(environment, "boundary-" + stored.card().name());
      BoundaryPaths found = find(classifier, a, b, options);
      PathFiles.write(folder, found);
      PathFigures.write(folder, title(stored, a, b), found);
      Map<String, Object> manifest =
          Provenance.manifest("boundary", environment.context(common), stored.card(), settings);
      PathsSummary.describe(manifest, a, b, options, found);
      JsonFile.write(folder.resolve("manifest.json"), manifest);
      environment.out().print(PathsSummary.text(found));
      environment.out().println("written to " + folder);
    }
    return ExitCode.OK;
  }

  /** Checked here: the commands below have their own. */
  private String given(String option, @Nullable String value) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '" + option + "' (or name a subcommand)");
    }
    return value;
  }

  private static String title(StoredModel stored, PictureGroup.Picture a, PictureGroup.Picture b) {
    return stored.card().name()
        + (", from " + SinglePicture.shortName(a) + " to " + SinglePicture.shortName(b));
  }

  private static void checkDifferent(PictureGroup.Picture a, PictureGroup.Picture b) {
    InvalidRequestException.refuse(
        PixelOrders.differing(a.raster(), b.raster()) == 0,
        "--from %s and --to %s are the same picture; no path lies between them"
            .formatted(a.file(), b.file()));
  }

  private BoundaryPaths find(
      Classifier classifier, PictureGroup.Picture a, PictureGroup.Picture b, PathOptions options) {
    try (StepProgress progress = new StepProgress(environment.context(common))) {
      return BoundaryPaths.of(
          classifier,
          a.raster(),
          b.raster(),
          options,
          BATCH,
          (kind, done, total) -> progress.step(kind.label(), done, total));
    }
  }
}
