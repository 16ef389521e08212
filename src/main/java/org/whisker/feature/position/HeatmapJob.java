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
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.io.Manifest;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.OutputFolder;
import org.whisker.job.Provenance;
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
import org.whisker.torch.TorchClassifier;

/**
 * Maps where black pixels lie in sets of evolved images, and tests whether chance would put them
 * there. Its folder gets {@code summary.csv} (a row a condition), {@code compare.csv} (of several,
 * a row a pair), {@code manifest.json} and a folder a condition, see {@link ConditionTables}.
 */
public final class HeatmapJob {
  private final HeatmapConfig config;
  private final JobContext context;

  public HeatmapJob(HeatmapConfig config, JobContext context) {
    this.config = config;
    this.context = context;
  }

  /**
   * Maps all conditions.
   *
   * @param out the folder to write, new or empty; by default a new one in {@code analyses/}
   * @return empty when it was stopped, which leaves nothing
   * @throws InvalidRequestException for a source, a canvas or a bandwidth that can't be
   * @throws IOException when a source is bad, or none is left
   */
  public Optional<HeatmapResult> run(Optional<Path> out) throws IOException {
    BadInputs bad = new BadInputs(config.skipBad());
    boolean measuring = config.model().isPresent();
    List<ImageSet> sets = new HeatmapInputs(config.canvas(), bad, measuring).read(config.sources());
    sets.forEach(set -> config.bandwidth(set.canvas()));
    HeatmapManifest manifest = new HeatmapManifest(context, config);
    if (measuring) {
      Optional<List<ImageSet>> measured = measured(config.model().orElseThrow(), sets, manifest);
      if (measured.isEmpty()) {
        return Optional.empty();
      }
      sets = measured.get();
    }
    List<String> labels = HeatmapInputs.labels(sets);
    List<String> folders = ConditionTables.Folders.of(labels);
    manifest.inputs(sets, labels, folders, bad.leftOut());
    Path folder = OutputFolder.create(out, context.home().analyses(), "heatmap", context.clock());
    manifest.write(folder, "running");
    List<ConditionMaps> maps = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      maps.add(maps(labels.get(i), sets.get(i), i));
      ConditionTables.write(folder.resolve(folders.get(i)), maps.get(i));
    }
    HeatmapResult result = result(folder, sets, folders, maps, bad.leftOut());
    write(result, maps);
    manifest.write(folder, "done");
    return Optional.of(result);
  }

  private ConditionMaps maps(String label, ImageSet set, int index) {
    return ConditionMaps.of(
        label,
        set.images(),
        set.allGenerations(),
        set.contributions(),
        config.bandwidth(set.canvas()),
        config.seed(),
        index);
  }

  private HeatmapResult result(
      Path folder,
      List<ImageSet> sets,
      List<String> folders,
      List<ConditionMaps> maps,
      List<String> leftOut) {
    List<Optional<BiasDecision>> decisions = BiasDecision.of(maps);
    List<HeatmapResult.Condition> conditions = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      conditions.add(
          new HeatmapResult.Condition(
              folders.get(i), maps.get(i), decisions.get(i), sets.get(i).notes()));
    }
    List<EdgeComparison> pairs =
        maps.size() > 1 ? EdgeComparison.all(maps, config.seed()) : List.of();
    return new HeatmapResult(folder, conditions, pairs, leftOut);
  }

  private void write(HeatmapResult result, List<ConditionMaps> maps) throws IOException {
    Path folder = result.folder();
    List<Optional<BiasDecision>> decisions =
        result.conditions().stream().map(HeatmapResult.Condition::decision).toList();
    ConditionRow.TABLE.write(folder.resolve(ConditionRow.FILE), ConditionRow.of(maps, decisions));
    if (maps.size() > 1) {
      EdgeComparisonRow.TABLE.write(
          folder.resolve(EdgeComparisonRow.FILE),
          result.comparisons().stream().map(EdgeComparisonRow::of).toList());
    }
    for (HeatmapResult.Condition condition : result.conditions()) {
      context.listener().tablesWritten(folder.resolve(condition.folder()));
    }
    context.listener().tablesWritten(folder);
  }

  /** The sets with what the classifier says of each pixel; empty when stopped. */
  private Optional<List<ImageSet>> measured(
      String model, List<ImageSet> sets, HeatmapManifest manifest) throws IOException {
    StoredModel stored = Models.open(new ModelStore(context.home().models()), model);
    Canvas takes = new Canvas(stored.card().input().width(), stored.card().input().height());
    for (ImageSet set : sets) {
      InvalidRequestException.refuse(
          !set.canvas().equals(takes),
          "--model %s takes %s images, those of %s are %s; leave --model out, or name another"
              .formatted(model, takes, set.source(), set.canvas()));
    }
    manifest.model(stored.card(), config.settings());
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

  /** The manifest of a heatmap: what it was drawn from, how, and what was left out. */
  private static final class HeatmapManifest {
    private static final String COMMAND = "heatmap";

    private final JobContext context;
    private final HeatmapConfig config;
    private Map<String, Object> manifest;

    HeatmapManifest(JobContext context, HeatmapConfig config) {
      this.context = context;
      this.config = config;
      this.manifest = Provenance.manifest(COMMAND, context);
    }

    /** The classifier that measures contributions. */
    void model(ModelCard card, TorchClassifier.Settings settings) {
      manifest = Provenance.manifest(COMMAND, context, card, settings);
    }

    /** What was read, and what was not. */
    void inputs(
        List<ImageSet> sets, List<String> labels, List<String> folders, List<String> leftOut) {
      manifest.put("status", "running");
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

    void write(Path folder, String status) throws IOException {
      manifest.put("status", status);
      Manifest.write(folder, manifest);
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
