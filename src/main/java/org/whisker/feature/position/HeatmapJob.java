package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.position.HeatmapJob.HeatmapConfig;
import org.whisker.image.Canvas;
import org.whisker.io.ClassWords;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.HeatmapInputs;
import org.whisker.job.input.ImageSet;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.option.Seed;
import org.whisker.position.ConditionMaps;
import org.whisker.position.ConditionMaps.PositionHeatmap;
import org.whisker.position.EdgeBias.BiasDecision;
import org.whisker.position.EdgeBias.EdgeComparison;
import org.whisker.position.PixelContributions;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.Text;

/**
 * Maps where black pixels lie in sets of evolved images, and tests whether chance would put them
 * there. Its folder gets {@code summary.csv} (a row a condition), {@code compare.csv} (of several,
 * a row a pair), {@code manifest.json} and a folder a condition, see {@link ConditionTables}.
 */
public final class HeatmapJob
    extends ResumableJob<HeatmapConfig, Optional<HeatmapJob.HeatmapResult>> {
  private static final String COMMAND = "heatmap";

  private static final List<String> DECISIVE =
      List.of("command", "model", "device", "precision", "seed", "conditions", "left_out");

  public HeatmapJob(JobContext context) {
    super(context, COMMAND, HeatmapConfig.class);
  }

  /**
   * Maps all conditions.
   *
   * @return empty when it was stopped, which leaves nothing
   */
  @Override
  public Optional<HeatmapResult> run(HeatmapConfig config, JobFolder.Place place)
      throws IOException {
    place.check();
    BadInputs bad = new BadInputs(config.skipBad());
    boolean measuring = config.model().isPresent();
    List<ImageSet> sets = new HeatmapInputs(config.canvas(), bad, measuring).read(config.sources());
    sets.forEach(set -> config.bandwidth(set.canvas()));
    Map<String, Object> content = Provenance.manifest(COMMAND, context);
    if (measuring) {
      StoredModel model =
          Models.open(new ModelStore(context.home().models()), config.model().orElseThrow());
      content = Provenance.manifest(COMMAND, context, model.card(), config.settings());
      Optional<List<ImageSet>> measured = measured(config, model, sets);
      if (measured.isEmpty()) {
        return Optional.empty();
      }
      sets = measured.get();
    }
    Conditions conditions = Conditions.of(config, sets, bad.leftOut());
    conditions.describe(content);
    String target = measuring ? "" : target(sets);
    if (!target.isEmpty()) {
      content.put(ClassWords.CLASS, target);
    }
    JobFolder.Job job =
        new JobFolder.Job(context.home().analyses(), COMMAND, content, config, DECISIVE);
    return Optional.of(
        JobFolder.hold(context, place, job, folder -> map(config, conditions, folder)));
  }

  /** What the networks were asked for that the images are of; empty where it is cat. */
  private static String target(List<ImageSet> sets) {
    return ClassWords.ofAll(
            sets.stream()
                .map(set -> ClassWords.of(set.source()).name())
                .collect(Collectors.toSet()))
        .name();
  }

  private HeatmapResult map(HeatmapConfig config, Conditions conditions, JobFolder job)
      throws IOException {
    job.begin();
    List<ConditionMaps> maps = new ArrayList<>();
    for (int i = 0; i < conditions.sets().size(); i++) {
      maps.add(maps(config, conditions.labels().get(i), conditions.sets().get(i), i));
      ConditionTables.write(job.folder().resolve(conditions.folders().get(i)), maps.get(i));
    }
    HeatmapResult result = result(config, job.folder(), conditions, maps);
    write(result, maps);
    for (String folder : conditions.folders()) {
      context.listener().tablesWritten(job.folder().resolve(folder));
    }
    job.finish(Map.of());
    return result;
  }

  private static ConditionMaps maps(HeatmapConfig config, String label, ImageSet set, int index) {
    return ConditionMaps.of(
        label,
        set.images(),
        set.allGenerations(),
        set.contributions(),
        config.bandwidth(set.canvas()),
        config.seed(),
        index);
  }

  private static HeatmapResult result(
      HeatmapConfig config, Path folder, Conditions all, List<ConditionMaps> maps) {
    List<Optional<BiasDecision>> decisions = BiasDecision.of(maps);
    List<HeatmapResult.Condition> conditions = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      conditions.add(
          new HeatmapResult.Condition(
              all.folders().get(i), maps.get(i), decisions.get(i), all.sets().get(i).notes()));
    }
    List<EdgeComparison> pairs =
        maps.size() > 1 ? EdgeComparison.all(maps, config.seed()) : List.of();
    return new HeatmapResult(folder, conditions, pairs, all.leftOut());
  }

  private static void write(HeatmapResult result, List<ConditionMaps> maps) throws IOException {
    Path folder = result.folder();
    List<Optional<BiasDecision>> decisions =
        result.conditions().stream().map(HeatmapResult.Condition::decision).toList();
    ConditionRow.TABLE.writeIn(folder, ConditionRow.of(maps, decisions));
    if (maps.size() > 1) {
      EdgeComparison.TABLE.writeIn(folder, result.comparisons());
    }
  }

  /** The sets with what the classifier says of each pixel; empty when stopped. */
  private Optional<List<ImageSet>> measured(
      HeatmapConfig config, StoredModel stored, List<ImageSet> sets) throws IOException {
    Canvas takes = stored.card().input().canvas();
    for (ImageSet set : sets) {
      InvalidRequestException.refuse(
          !set.canvas().equals(takes),
          "--model %s takes %s images, those of %s are %s; leave --model out, or name another"
              .formatted(config.model().orElseThrow(), takes, set.source(), set.canvas()));
    }
    List<ImageSet> measured = new ArrayList<>();
    BooleanSupplier stopped = context.stop().listen();
    try (Classifier classifier = Classifiers.openAny(stored, config.settings())) {
      for (ImageSet set : sets) {
        measure(classifier, set, config.settings().batch(), stopped).ifPresent(measured::add);
      }
    }
    return measured.size() < sets.size() || stopped.getAsBoolean()
        ? Optional.empty()
        : Optional.of(measured);
  }

  private Optional<ImageSet> measure(
      Classifier classifier, ImageSet set, int batch, BooleanSupplier stopped) {
    long pictures = set.images().stream().mapToLong(image -> image.count() + 1L).sum();
    String task = "pixels of " + ImageSet.lastName(set.source());
    try (Progress progress = context.progress(task, pictures)) {
      return PixelContributions.measure(
              classifier, set.images(), set.tones(), batch, progress::stepTo, stopped)
          .map(set::with);
    }
  }

  /**
   * What is mapped.
   *
   * @param labels one a set, as are {@code folders}, their names
   * @param leftOut what was left out and why, a line each
   */
  private record Conditions(
      HeatmapConfig config,
      List<ImageSet> sets,
      List<String> labels,
      List<String> folders,
      List<String> leftOut) {
    static Conditions of(HeatmapConfig config, List<ImageSet> sets, List<String> leftOut) {
      List<String> labels = HeatmapInputs.labels(sets);
      return new Conditions(config, sets, labels, ConditionTables.folders(labels), leftOut);
    }

    /** Says in a manifest what was read, and what was not. */
    void describe(Map<String, Object> manifest) {
      manifest.put("status", "");
      manifest.put("seed", config.seed());
      List<Map<String, Object>> conditions = new ArrayList<>();
      for (int i = 0; i < sets.size(); i++) {
        conditions.add(condition(sets.get(i), labels.get(i), folders.get(i)));
      }
      manifest.put("conditions", conditions);
      manifest.put("skip_bad", config.skipBad());
      manifest.put("left_out_count", leftOut.size());
      manifest.put("left_out", leftOut);
    }

    private Map<String, Object> condition(ImageSet set, String label, String folder) {
      Map<String, Object> condition = new LinkedHashMap<>();
      condition.put("label", label);
      condition.put("folder", folder);
      condition.put("source", set.source().toString());
      condition.put("kind", set.kind());
      condition.put("canvas", set.canvas().toString());
      condition.put("runs", set.images().size());
      condition.put("bandwidth_px", config.bandwidth(set.canvas()));
      condition.put("notes", set.notes());
      return condition;
    }
  }

  /**
   * Where the black pixels of evolved images lie.
   *
   * @param folder with the tables
   * @param conditions one a source, in their order
   * @param comparisons every pair of conditions that have a black pixel
   * @param leftOut what was left out and why, a line each
   */
  public record HeatmapResult(
      Path folder,
      List<Condition> conditions,
      List<EdgeComparison> comparisons,
      List<String> leftOut)
      implements Outcome {
    /**
     * A condition.
     *
     * @param folder the name of its folder
     * @param maps all maps and statistics
     * @param decision whether it has an edge bias; empty where all runs are white
     * @param notes what is missing and why, and what a reader should know
     */
    public record Condition(
        String folder, ConditionMaps maps, Optional<BiasDecision> decision, List<String> notes) {
      public Condition {
        notes = List.copyOf(notes);
      }
    }

    public HeatmapResult {
      conditions = List.copyOf(conditions);
      comparisons = List.copyOf(comparisons);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * What a heatmap is asked for.
   *
   * @param running what it runs on
   * @param seed the seed of all random numbers
   */
  public record HeatmapConfig(
      @Option(
              needed = true,
              label = "DIR",
              help =
                  "One condition each: an output folder of evolve; a folder of black-and-white PNG"
                      + " files, one per run (gray values up to 0.5 count as black); or a CSV file"
                      + " run,x,y with one row per black pixel.")
          List<Path> sources,
      @Option(
              parser = CanvasSize.class,
              names = "--canvas",
              label = "WxH",
              help = "The size of the images in CSV files, such as 128x128.")
          Optional<Canvas> canvas,
      @Option(
              names = "--bandwidth",
              label = "PX",
              help =
                  "Standard deviation of the smoothing, in pixels. Default: 1/32 of the shorter"
                      + " side.")
          OptionalDouble bandwidth,
      @Option(
              names = "--model",
              candidates = Option.MODELS,
              label = "NAME",
              help =
                  "Measure each pixel's contribution with this classifier, leaving out one pixel at"
                      + " a time. Default: the contributions in best.csv, if it has them.")
          Optional<String> model,
      DeviceConfig running,
      @Option(
              names = "--skip-bad",
              help = "Skip runs and files that are invalid, and report how many.")
          boolean skipBad,
      @Seed long seed) {
    /** How many pictures are scored at once where contributions are measured. */
    private static final int BATCH = 100;

    private static final int MOST_PIXELS = 1 << 22;

    private static final Pattern CANVAS = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    /** Reads a size such as {@code 128x128}. */
    static final class CanvasSize implements Option.Parser<Canvas> {
      @Override
      public Canvas parse(String text) {
        Matcher size = CANVAS.matcher(text);
        InvalidRequestException.refuse(
            !size.matches(), "--canvas must be WIDTHxHEIGHT, such as 128x128, was " + text);
        return new Canvas(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
      }
    }

    public HeatmapConfig {
      sources = List.copyOf(sources);
      canvas.ifPresent(
          size ->
              InvalidRequestException.refuse(
                  size.pixels() > MOST_PIXELS,
                  Text.of(
                      "--canvas must have at most %d pixels, such as 2048x2048; was %dx%d",
                      MOST_PIXELS, size.width(), size.height())));
      if (bandwidth.isPresent()
          && !(bandwidth.getAsDouble() > 0 && Double.isFinite(bandwidth.getAsDouble()))) {
        throw new InvalidRequestException(
            "--bandwidth must be above 0, was " + bandwidth.getAsDouble());
      }
    }

    /** All defaults, with seed 1; a condition each. */
    public static HeatmapConfig of(Path... sources) {
      return of(List.of(sources));
    }

    /** All defaults, with seed 1. */
    public static HeatmapConfig of(List<Path> sources) {
      return Options.of(HeatmapConfig.class).defaults(sources);
    }

    /** Sets the size of the images in CSV files. */
    public HeatmapConfig withCanvas(Canvas other) {
      return Records.changed(this, HeatmapConfig::canvas).to(Optional.of(other));
    }

    /** Measures contributions by this model, given by the name of a stored one or a path. */
    public HeatmapConfig withModel(String name, DeviceConfig on) {
      return Records.changed(this, HeatmapConfig::model, HeatmapConfig::running)
          .to(Optional.of(name), on);
    }

    public HeatmapConfig withSeed(long other) {
      return Records.changed(this, HeatmapConfig::seed).to(other);
    }

    /** How the classifier that measures is run. */
    TorchClassifier.Settings settings() {
      return running.settings(BATCH);
    }

    /**
     * The bandwidth on a canvas.
     *
     * @throws InvalidRequestException when the one asked for is wider than the canvas
     */
    double bandwidth(Canvas canvas) {
      if (bandwidth.isEmpty()) {
        return PositionHeatmap.usualBandwidth(canvas);
      }
      int most = Math.max(canvas.width(), canvas.height());
      InvalidRequestException.refuse(
          bandwidth.getAsDouble() > most,
          "--bandwidth must be at most the longer side of the %s canvas, was %s"
              .formatted(canvas, bandwidth.getAsDouble()));
      return bandwidth.getAsDouble();
    }
  }
}
