package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.ModelCard;
import org.whisker.io.Manifest;
import org.whisker.job.JobContext;
import org.whisker.job.Provenance;
import org.whisker.job.input.ImageSet;
import org.whisker.torch.TorchClassifier;

/** The manifest of a heatmap: what it was drawn from, how, and what was left out. */
final class HeatmapManifest {
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
