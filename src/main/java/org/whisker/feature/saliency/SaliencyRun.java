package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.EdgeBins;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.Progress;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.LayerRow;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.saliency.result.TestedMap;
import org.whisker.torch.TorchClassifier;

/** A saliency job, from opened inputs to tables. */
record SaliencyRun(
    JobContext context,
    SaliencyConfig config,
    StoredModel stored,
    TorchClassifier.Settings running,
    DifferentiableClassifier classifier,
    SaliencyImages read,
    SaliencySettings settings) {
  /**
   * Makes everything. What a stopped job has made is written, too, and its page says that it was
   * stopped.
   *
   * @param leftOut images that can't be read, a line each
   */
  SaliencyResult into(JobManifest manifest, List<String> leftOut) throws IOException {
    manifest.write("running");
    BooleanSupplier stopped = context.stop().listen();
    SaliencyMaps.Outcome outcome = maps(manifest.folder(), stopped);
    outcome.failures().forEach(context::warn);
    outcome.notes().forEach(context::note);
    Optional<FaithfulnessTables> tested =
        outcome.stopped() || !config.faithfulness()
            ? Optional.empty()
            : test(outcome.maps(), stopped);
    boolean done = !outcome.stopped() && (tested.isPresent() || !config.faithfulness());
    List<SaliencyRow> rows = outcome.maps().stream().map(SaliencyRow::of).toList();
    if (!rows.isEmpty()) {
      write(manifest, rows, tested, notes(outcome, done), done);
    }
    manifest.write(done ? "done" : "stopped");
    List<String> failures = new ArrayList<>(leftOut);
    failures.addAll(outcome.failures());
    List<FaithfulnessRow> tests = tested.map(FaithfulnessTables::maps).orElse(List.of());
    return new SaliencyResult(manifest.folder(), done, failures, rows, tests);
  }

  private SaliencyMaps.Outcome maps(Path folder, BooleanSupplier stopped) throws IOException {
    SaliencyMaps maps =
        new SaliencyMaps(
            classifier, settings, config.chosen(), config.required(), running.batch(), folder);
    int total = read.images().size() * config.methods().size();
    try (Progress progress = context.progress("computing maps", total)) {
      return maps.of(read.images(), stopped, progress);
    }
  }

  private List<String> notes(SaliencyMaps.Outcome outcome, boolean done) {
    List<String> notes = new ArrayList<>(outcome.failures());
    notes.addAll(outcome.notes());
    if (!done) {
      int asked = read.images().size() * config.methods().size();
      notes.add(
          outcome.stopped()
              ? "Stopped after %d of %d maps.".formatted(outcome.maps().size(), asked)
              : "Stopped before all maps were tested.");
    }
    return notes;
  }

  /** Empty when stopped. */
  private Optional<FaithfulnessTables> test(List<ExplainedMap> maps, BooleanSupplier stopped) {
    Map<ExplainedMap.Picture, MethodSettings> sets = new LinkedHashMap<>();
    for (SaliencyImages.Named image : read.images()) {
      sets.put(image.picture(), settings.of(image.picture().raster(), image.tones()));
    }
    SaliencyFaithfulness tests =
        new SaliencyFaithfulness(stored, running, classifier, sets, settings.seed());
    try (Progress progress = context.progress("testing maps", tests.steps(maps.size()))) {
      Optional<List<TestedMap>> tested = tests.of(maps, stopped, progress);
      return tested.map(FaithfulnessTables::of);
    }
  }

  private void write(
      JobManifest manifest,
      List<SaliencyRow> rows,
      Optional<FaithfulnessTables> tested,
      List<String> notes,
      boolean done)
      throws IOException {
    Path folder = manifest.folder();
    if (done) {
      layers(folder);
    }
    SaliencyFiles.summary(folder, rows);
    if (tested.isPresent() && !rows.isEmpty()) {
      tested.get().write(folder);
    }
    manifest.put("notes", notes);
    manifest.write("running");
    context.listener().tablesWritten(folder);
  }

  /** Nothing where layers are not known. */
  private void layers(Path folder) throws IOException {
    if (!(classifier instanceof FeatureClassifier features)) {
      return;
    }
    for (SaliencyImages.Named image : read.images()) {
      List<LayerProfile> layers =
          LayerProfile.of(
              features,
              features.stages(),
              List.of(image.picture().raster()),
              EdgeBins.DEFAULT_PARTS,
              running.batch());
      Path own = folder.resolve("images").resolve(image.picture().folder());
      LayerRow.TABLE.write(LayerRow.file(own), LayerRow.of(layers));
    }
  }
}
