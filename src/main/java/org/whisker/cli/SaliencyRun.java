package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.StoredModel;
import org.whisker.report.SaliencyFiles;
import org.whisker.saliency.Method;
import org.whisker.torch.TorchClassifier;

/** One run of {@code whisker saliency}, from opened inputs to files. */
record SaliencyRun(
    Environment environment,
    CommonOptions common,
    StoredModel stored,
    TorchClassifier.Settings running,
    TorchClassifier classifier,
    SaliencyImages read,
    SaliencySettings settings) {
  /** What a resumed run must share. */
  static final List<String> SAME =
      List.of("command", "model", "precision", "device", "images", "methods", "settings", "seed");

  /**
   * Makes everything.
   *
   * @return whether nothing that was asked for is missing or wrong
   */
  boolean into(Path folder, Map<String, Object> manifest, List<Method> methods, boolean byName)
      throws IOException {
    write(folder, manifest, "running");
    BooleanSupplier stopped = environment.interrupts().listen();
    SaliencyMaps maps =
        new SaliencyMaps(classifier, settings, methods, byName, running.batch(), folder);
    SaliencyMaps.Outcome outcome;
    int total = read.images().size() * methods.size();
    try (Progress progress = Progress.start(environment, common, "maps", total)) {
      outcome = maps.of(read.images(), stopped, progress);
    }
    outcome.failures().forEach(this::say);
    if (!common.quiet()) {
      outcome.notes().forEach(this::say);
    }
    if (!outcome.stopped()) {
      SaliencyFiles.summary(folder, outcome.maps());
    }
    environment.out().print(SaliencySummary.text(outcome.maps()));
    write(folder, manifest, outcome.stopped() ? "stopped" : "done");
    environment
        .out()
        .println((outcome.stopped() ? "stopped; go on with --resume " : "written to ") + folder);
    return outcome.failures().isEmpty();
  }

  private void say(String line) {
    environment.err().println("whisker: " + line);
  }

  private static void write(Path folder, Map<String, Object> manifest, String status)
      throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve("manifest.json"), manifest);
  }
}
