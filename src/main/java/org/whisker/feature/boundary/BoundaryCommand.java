package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.BoundaryPaths.PathOptions;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.boundary.PathProfile.PathBand;
import org.whisker.boundary.PixelOrders;
import org.whisker.boundary.StoredPictures;
import org.whisker.classifier.Classifier;
import org.whisker.command.AgainstOption;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordOptions;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.BoundaryCommand.PathsConfig;
import org.whisker.feature.boundary.BoundaryCommand.PathsJob;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.StepProgress;
import org.whisker.job.ModelConfig;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup.Picture;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.OptionValue;
import org.whisker.value.Text;

/** {@code whisker boundary}: paths across the decision boundary, and the commands beside them. */
@Command(
    name = "boundary",
    description = {
      "Follows paths from one picture to another and reports where p(target) crosses ½.",
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
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds"
    })
public final class BoundaryCommand extends JobCommand<PathsConfig, PathsJob.Result> {
  /** The commands below this one, in the order in which help lists them. */
  private static final List<Function<Environment, RecordCommand<?>>> SUBCOMMANDS =
      List.of(
          BoundaryAttackCommand::new,
          BoundaryCounterfactualCommand::new,
          BoundaryMarginsCommand::new,
          BoundaryMinimalCommand::new,
          BoundaryTransferCommand::new);

  private final RecordOptions<AgainstOption> against = RecordOptions.of(AgainstOption.class);

  public BoundaryCommand(Environment environment) {
    super(environment, PathsConfig.class, PathsJob::new, Optional::of, Extra.CHARTS, Extra.BELOW);
  }

  @Override
  protected List<Function<Environment, RecordCommand<?>>> commands() {
    return SUBCOMMANDS;
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(against);
  }

  @Override
  protected PathsConfig config() {
    PathsConfig config = super.config();
    return config.on(read(against).in(config.model().name()));
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return "Missing required option: '%s' (or name a subcommand)".formatted(missing.get(0).name());
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Crossing.OnPath.TABLE);
  }

  @Override
  protected int say(PathsJob.Result result) {
    BoundaryPaths found = result.paths();
    environment().out().print(pathsSummary(found));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static final List<String> HEADER =
      List.of("ORDER", "CROSSINGS", "FIRST", "LAST", "P(TARGET) LOWEST", "HIGHEST");

  /**
   * What the command line says of paths.
   *
   * <p>A table with a row a kind of path; the random orders' share one.
   */
  private static String pathsSummary(BoundaryPaths paths) {
    PathProfile any = paths.paths().get(0).profile();
    float last = any.logits().get(any.logits().size() - 1);
    StringBuilder text = new StringBuilder();
    text.append(
        Text.of(
            "p(target) %.4f at the start, %.4f at the end; they differ in %d pixels",
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
        Text.of("%.4f", DoubleStream.of(all).min().orElseThrow()),
        Text.of("%.4f", DoubleStream.of(all).max().orElseThrow()));
  }

  private static Stream<List<Crossing>> crossed(List<PathProfile> profiles) {
    return profiles.stream().map(PathProfile::crossings).filter(c -> !c.isEmpty());
  }

  /** Writes one number, or the least and the greatest of several. */
  private static String range(String form, DoubleStream values) {
    double[] all = values.toArray();
    String low = Text.number(form, DoubleStream.of(all).min(), "-");
    String high = Text.number(form, DoubleStream.of(all).max(), "-");
    return low.equals(high) ? low : low + ".." + high;
  }

  /**
   * Follows paths from one picture to another. Its folder gets {@code path.csv} (every scanned
   * picture), {@code crossings.csv}, {@code pixels.csv} (the orders), and, where there are random
   * orders, {@code band.csv} and {@code logit-band.csv}.
   */
  public static final class PathsJob extends ResumableJob<PathsConfig, PathsJob.Result> {
    public static final String COMMAND = "boundary";

    private static final List<String> DECISIVE =
        List.of("command", "model", "device", "precision", "from", "to");

    public PathsJob(JobContext context) {
      super(context, COMMAND, PathsConfig.class);
    }

    public record Result(Path folder, BoundaryPaths paths) implements Outcome {}

    /**
     * {@inheritDoc}
     *
     * @throws InvalidRequestException when both pictures are the same, or one is not there
     */
    @Override
    public Result run(PathsConfig config, JobFolder.Place place) throws IOException {
      try (OpenedModel model = OpenedModel.open(config.model(), context)) {
        Classifier classifier = model.classifier();
        Picture from =
            PictureReader.readSingle("--from", config.from(), classifier, config.resize());
        Picture to = PictureReader.readSingle("--to", config.to(), classifier, config.resize());
        PictureReader.noteResized(from, context);
        PictureReader.noteResized(to, context);
        checkDifferent(from, to);
        Map<String, Object> content = model.manifest(COMMAND);
        content.put("from", PictureReader.describe(from));
        content.put("to", PictureReader.describe(to));
        return JobFolder.hold(
            context,
            place,
            model.job(COMMAND, content, config, DECISIVE),
            folder -> follow(folder, classifier, from, to, config));
      }
    }

    private Result follow(
        JobFolder job, Classifier classifier, Picture from, Picture to, PathsConfig config)
        throws IOException {
      job.begin();
      Path folder = job.folder();
      BoundaryPaths found = find(classifier, from, to, config.options());
      write(folder, found);
      StoredPictures.write(
          folder.resolve(StoredPictures.ENDS), List.of(from.raster(), to.raster()));
      Map<String, Object> more = new LinkedHashMap<>();
      config.describe(more, found);
      job.finish(more);
      return new Result(folder, found);
    }

    private static void checkDifferent(Picture from, Picture to) {
      InvalidRequestException.refuse(
          PixelOrders.differing(from.raster(), to.raster()) == 0,
          "--from %s and --to %s are the same picture; no path lies between them"
              .formatted(from.file(), to.file()));
    }

    private BoundaryPaths find(
        Classifier classifier, Picture from, Picture to, PathOptions options) {
      try (StepProgress progress = new StepProgress(context)) {
        return BoundaryPaths.of(
            classifier,
            from.raster(),
            to.raster(),
            options,
            OpenedModel.BATCH,
            (kind, done, total) -> progress.step(kind.label(), done, total));
      }
    }

    private static void write(Path folder, BoundaryPaths paths) throws IOException {
      PathProfile.Scored.TABLE.writeIn(folder, PathProfile.Scored.of(paths));
      Crossing.OnPath.TABLE.writeIn(folder, Crossing.OnPath.of(paths));
      PixelPath.Step.TABLE.writeIn(folder, PixelPath.Step.of(paths));
      Optional<PathBand> probability = paths.band(true);
      Optional<PathBand> logit = paths.band(false);
      if (probability.isPresent() && logit.isPresent()) {
        PathBand.ProbabilityRow.TABLE.writeIn(
            folder, PathBand.ProbabilityRow.of(probability.get()));
        PathBand.LogitRow.TABLE.writeIn(folder, PathBand.LogitRow.of(logit.get()));
      }
    }
  }

  /**
   * What decides the paths between two pictures.
   *
   * @param from where they begin: an image file, {@code white}, an output folder of evolve (its
   *     best run), or the folder of one run
   * @param resize whether a picture of two grays and another size is resized
   */
  public record PathsConfig(
      ModelConfig model,
      @Option(names = "--from", label = "A", help = "Where the paths begin.") String from,
      @Option(names = "--to", label = "B", help = "Where they end.") String to,
      PathOptions options,
      @Resize boolean resize) {

    /** Creates paths between photos, and pictures of the model's size. */
    public PathsConfig(ModelConfig model, String from, String to, PathOptions options) {
      this(model, from, to, options, false);
    }

    /** Returns the same paths on a model of this name. */
    PathsConfig on(String name) {
      return new PathsConfig(new ModelConfig(name, model.running()), from, to, options, resize);
    }

    void describe(Map<String, Object> manifest, BoundaryPaths found) {
      manifest.put("orders", options.kinds().stream().map(PathKind::label).toList());
      manifest.put("differing_pixels", found.differing());
      manifest.put("steps_at_most", options.steps());
      manifest.put("block", found.block());
      manifest.put("random_orders", options.draws());
      manifest.put("candidates", options.candidates());
      manifest.put(
          "greedy_choice",
          found.block() > 1 ? "by gradient alone" : "best score of the candidates");
      manifest.put("line_steps", options.lineSteps());
      manifest.put("tolerance_t", options.tolerance());
      manifest.put("seed", options.seed());
    }
  }
}
