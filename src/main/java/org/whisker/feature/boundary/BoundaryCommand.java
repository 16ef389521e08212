package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.classifier.Classifier;
import org.whisker.command.AgainstOption;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import org.whisker.option.OptionValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

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
      "  whisker boundary --model vgg16-mini --from docs/cat.png --to white --orders straight",
      "  whisker boundary --model vgg16-mini --from my-run/runs/1 --to docs/cat.png \\",
      "      --random 50",
      "  whisker boundary attack --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds",
      "  whisker boundary slice --model vgg16-mini --points white my-run docs/cat.png"
    })
public final class BoundaryCommand extends JobCommand<PathsConfig, PathsJob.Result> {
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

  private final AgainstOption against = new AgainstOption();

  public BoundaryCommand(Environment environment) {
    super(environment, PathsConfig.class, Extra.CHARTS);
  }

  @Override
  public void setSpec(CommandSpec spec) {
    super.setSpec(spec);
    for (Function<Environment, Object> command : SUBCOMMANDS) {
      CommandLine line = new CommandLine(command.apply(environment()));
      spec.addSubcommand(line.getCommandName(), line);
    }
  }

  @Override
  protected List<Object> others() {
    return List.of(against);
  }

  @Override
  protected PathsConfig config() {
    PathsConfig config = super.config();
    return config.on(against.in(config.model().name()));
  }

  @Override
  protected boolean isNeededAtOnce() {
    return false; // the commands below have their own
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return "Missing required option: '%s' (or name a subcommand)".formatted(missing.get(0).name());
  }

  @Override
  protected ResumableJob<PathsConfig, PathsJob.Result> job(JobContext context) {
    return new PathsJob(context);
  }

  @Override
  protected Optional<Path> shown(PathsJob.Result result) {
    return Optional.of(result.folder());
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Crossing.OnPath.TABLE);
  }

  @Override
  protected int say(PathsJob.Result result) {
    BoundaryPaths found = result.paths();
    environment().out().print(PathsSummary.text(found));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  /** What the command line says of paths. */
  private static final class PathsSummary {
    private static final List<String> HEADER =
        List.of("ORDER", "CROSSINGS", "FIRST", "LAST", "P(CAT) LOWEST", "HIGHEST");

    private PathsSummary() {}

    /** A table with a row a kind of path; the random orders' share one. */
    static String text(BoundaryPaths paths) {
      PathProfile any = paths.paths().get(0).profile();
      float last = any.logits().get(any.logits().size() - 1);
      StringBuilder text = new StringBuilder();
      text.append(
          format(
              "p(cat) %.4f at the start, %.4f at the end; they differ in %d pixels",
              Classifier.catProbability(any.logits().get(0)),
              Classifier.catProbability(last),
              paths.differing()));
      text.append(paths.block() > 1 ? ", changed in blocks of " + paths.block() + "\n" : "\n");
      List<List<String>> rows = new ArrayList<>(List.of(HEADER));
      for (PathKind kind : PathKind.values()) {
        List<BoundaryPaths.ScoredPath> of = paths.of(kind);
        if (!of.isEmpty()) {
          rows.add(row(kind, of));
        }
      }
      return text.append(TextTable.of(rows))
          .append("positions: pixels changed; of straight: t from 0 to 1\n")
          .toString();
    }

    private static List<String> row(PathKind kind, List<BoundaryPaths.ScoredPath> paths) {
      List<PathProfile> profiles = paths.stream().map(BoundaryPaths.ScoredPath::profile).toList();
      String places = kind == PathKind.STRAIGHT ? "%.4f" : "%.0f";
      double[] all =
          profiles.stream()
              .flatMap(profile -> profile.catProbabilities().stream())
              .mapToDouble(p -> p)
              .toArray();
      return List.of(
          kind == PathKind.RANDOM ? kind.label() + " x " + paths.size() : kind.label(),
          range("%.0f", profiles.stream().mapToDouble(p -> p.crossings().size())),
          range(places, crossed(profiles).mapToDouble(c -> c.get(0).after())),
          range(places, crossed(profiles).mapToDouble(c -> c.get(c.size() - 1).after())),
          format("%.4f", DoubleStream.of(all).min().orElseThrow()),
          format("%.4f", DoubleStream.of(all).max().orElseThrow()));
    }

    private static Stream<List<Crossing>> crossed(List<PathProfile> profiles) {
      return profiles.stream().map(PathProfile::crossings).filter(c -> !c.isEmpty());
    }

    /** Writes one number, or the least and the greatest of several. */
    private static String range(String form, DoubleStream values) {
      double[] all = values.toArray();
      if (all.length == 0) {
        return "-";
      }
      String low = format(form, DoubleStream.of(all).min().orElseThrow());
      String high = format(form, DoubleStream.of(all).max().orElseThrow());
      return low.equals(high) ? low : low + ".." + high;
    }

    private static String format(String form, Object... values) {
      return String.format(Locale.ROOT, form, values);
    }
  }
}
