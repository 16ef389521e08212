package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.EdgeBins;
import org.whisker.report.ExplainedPicture;
import org.whisker.report.LayerFiles;
import org.whisker.report.SaliencyFiles;
import org.whisker.report.SaliencyGallery;
import org.whisker.report.SaliencyPage;
import org.whisker.saliency.LayerProfile;
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
    if (!outcome.stopped() && !outcome.maps().isEmpty()) {
      layers(folder);
      SaliencyFiles.summary(folder, outcome.maps());
      gallery(folder, manifest, outcome);
    }
    environment.out().print(SaliencySummary.text(outcome.maps()));
    write(folder, manifest, outcome.stopped() ? "stopped" : "done");
    environment
        .out()
        .println((outcome.stopped() ? "stopped; go on with --resume " : "written to ") + folder);
    return outcome.failures().isEmpty();
  }

  private void layers(Path folder) throws IOException {
    for (SaliencyImages.Named image : read.images()) {
      ExplainedPicture picture = image.picture();
      List<LayerProfile> layers =
          LayerProfile.of(
              classifier,
              classifier.stages(),
              List.of(picture.raster()),
              EdgeBins.DEFAULT_PARTS,
              running.batch());
      LayerFiles.write(folder.resolve("images").resolve(picture.folder()), picture.name(), layers);
    }
  }

  private void gallery(Path folder, Map<String, Object> manifest, SaliencyMaps.Outcome outcome)
      throws IOException {
    SaliencyGallery gallery = new SaliencyGallery(stored.card().name(), outcome.maps());
    List<String> files = new ArrayList<>(gallery.writePng(folder));
    for (ExplainedPicture picture : read.images().stream().map(i -> i.picture()).toList()) {
      files.add("images/" + picture.folder() + "/layers.csv");
      files.add("images/" + picture.folder() + "/layers.png");
    }
    files.add("manifest.json");
    Map<String, String> provenance = new LinkedHashMap<>();
    Provenance.flatten("", manifest, provenance);
    List<String> notes = new ArrayList<>(outcome.failures());
    notes.addAll(outcome.notes());
    SaliencyPage.write(folder, gallery, List.of(), notes, provenance, files);
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
