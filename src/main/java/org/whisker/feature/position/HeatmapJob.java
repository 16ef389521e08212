package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
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
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeBias.BiasDecision;
import org.whisker.position.EdgeComparison;
import org.whisker.position.PixelContributions;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.position.result.ConditionTables.EdgeComparisonRow;
import org.whisker.torch.Classifiers;

/**
 * Maps where black pixels lie in sets of evolved images, and tests whether chance would put them
 * there. Its folder gets {@code summary.csv} (a row a condition), {@code compare.csv} (of several,
 * a row a pair), {@code manifest.json} and a folder a condition, see {@link ConditionTables}.
 */
public final class HeatmapJob
    implements ResumableJob<HeatmapConfig, Optional<HeatmapJob.HeatmapResult>> {
  private static final String COMMAND = "heatmap";

  private static final List<String> DECISIVE =
      List.of("command", "model", "device", "precision", "seed", "conditions", "left_out");

  private final JobContext context;

  public HeatmapJob(JobContext context) {
    this.context = context;
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<HeatmapConfig> type() {
    return HeatmapConfig.class;
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
    JobFolder.Job job =
        new JobFolder.Job(context.home().analyses(), COMMAND, content, config, DECISIVE);
    return Optional.of(
        JobFolder.hold(context, place, job, folder -> map(config, conditions, folder)));
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
    ConditionRow.TABLE.write(folder.resolve(ConditionRow.FILE), ConditionRow.of(maps, decisions));
    if (maps.size() > 1) {
      EdgeComparisonRow.TABLE.write(
          folder.resolve(EdgeComparisonRow.FILE),
          result.comparisons().stream().map(EdgeComparisonRow::of).toList());
    }
  }

  /** The sets with what the classifier says of each pixel; empty when stopped. */
  private Optional<List<ImageSet>> measured(
      HeatmapConfig config, StoredModel stored, List<ImageSet> sets) throws IOException {
    Canvas takes = new Canvas(stored.card().input().width(), stored.card().input().height());
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
      return new Conditions(config, sets, labels, ConditionTables.Folders.of(labels), leftOut);
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
      List<String> leftOut) {
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
}
