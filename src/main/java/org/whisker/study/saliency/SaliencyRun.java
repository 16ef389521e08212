package org.whisker.study.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.chart.FaithfulnessFigures;
import org.whisker.chart.SaliencyGallery;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.EdgeBins;
import org.whisker.io.JsonFile;
import org.whisker.page.FaithfulnessSection;
import org.whisker.page.SaliencyPage;
import org.whisker.page.Section;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodSettings;
import org.whisker.study.JobContext;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.table.ExplainedMap;
import org.whisker.table.ExplainedPicture;
import org.whisker.table.FaithfulnessFiles;
import org.whisker.table.LayerFiles;
import org.whisker.table.SaliencyFiles;
import org.whisker.table.TestedMap;
import org.whisker.torch.TorchClassifier;

/** One run of {@code whisker saliency}, from opened inputs to files. */
public record SaliencyRun(
    JobContext context,
    StoredModel stored,
    TorchClassifier.Settings running,
    DifferentiableClassifier classifier,
    SaliencyImages read,
    SaliencySettings settings) {
  /**
   * What came of it.
   *
   * @param done whether it was not stopped
   * @param complete whether nothing that was asked for is missing or wrong
   * @param tested how far each map can be believed, where that was asked
   */
  public record Result(
      boolean done, boolean complete, List<ExplainedMap> maps, List<TestedMap> tested) {
    public Result {
      maps = List.copyOf(maps);
      tested = List.copyOf(tested);
    }
  }

  /** What a resumed run must share. */
  public static final List<String> SAME =
      List.of(
          "command",
          "model",
          "precision",
          "device",
          "images",
          "methods",
          "settings",
          "faithfulness",
          "seed");

  /**
   * Makes everything.
   *
   * @param tested whether to say how far the maps can be believed
   * @return what came of it
   */
  public Result into(
      Path folder,
      Map<String, Object> manifest,
      List<Method> methods,
      boolean byName,
      boolean tested)
      throws IOException {
    write(folder, manifest, "running");
    BooleanSupplier stopped = context.stop().listen();
    SaliencyMaps maps =
        new SaliencyMaps(classifier, settings, methods, byName, running.batch(), folder);
    SaliencyMaps.Outcome outcome;
    int total = read.images().size() * methods.size();
    try (Progress progress = context.progress("maps", total)) {
      outcome = maps.of(read.images(), stopped, progress);
    }
    outcome.failures().forEach(context::warn);
    outcome.notes().forEach(context::note);
    Optional<List<TestedMap>> believed =
        outcome.stopped() || !tested ? Optional.of(List.of()) : test(outcome.maps(), stopped);
    boolean done = !outcome.stopped() && believed.isPresent();
    if (done && !outcome.maps().isEmpty()) {
      finish(folder, manifest, outcome, believed.orElseThrow());
    }
    write(folder, manifest, done ? "done" : "stopped");
    return new Result(
        done, outcome.failures().isEmpty(), outcome.maps(), believed.orElse(List.of()));
  }

  private Optional<List<TestedMap>> test(List<ExplainedMap> maps, BooleanSupplier stopped) {
    Map<ExplainedPicture, MethodSettings> sets = new LinkedHashMap<>();
    for (SaliencyImages.Named image : read.images()) {
      sets.put(image.picture(), settings.of(image.picture().raster(), image.tones()));
    }
    SaliencyFaithfulness tests =
        new SaliencyFaithfulness(stored, running, classifier, sets, settings.seed());
    try (Progress progress = context.progress("faithfulness", tests.steps(maps.size()))) {
      return tests.of(maps, stopped, progress);
    }
  }

  private void finish(
      Path folder,
      Map<String, Object> manifest,
      SaliencyMaps.Outcome outcome,
      List<TestedMap> tested)
      throws IOException {
    layers(folder);
    SaliencyFiles.summary(folder, outcome.maps());
    if (!tested.isEmpty()) {
      FaithfulnessFiles.write(folder, tested);
      for (ExplainedPicture picture : pictures()) {
        List<TestedMap> own =
            tested.stream().filter(map -> map.map().picture().equals(picture)).toList();
        if (!own.isEmpty()) {
          FaithfulnessFigures.write(folderOf(folder, picture), own);
        }
      }
    }
    gallery(folder, manifest, outcome, tested);
  }

  private List<ExplainedPicture> pictures() {
    return read.images().stream().map(SaliencyImages.Named::picture).toList();
  }

  private static Path folderOf(Path folder, ExplainedPicture picture) {
    return folder.resolve("images").resolve(picture.folder());
  }

  /** Nothing where layers are not known. */
  private void layers(Path folder) throws IOException {
    if (!(classifier instanceof FeatureClassifier features)) {
      return;
    }
    for (ExplainedPicture picture : pictures()) {
      List<LayerProfile> layers =
          LayerProfile.of(
              features,
              features.stages(),
              List.of(picture.raster()),
              EdgeBins.DEFAULT_PARTS,
              running.batch());
      LayerFiles.write(folderOf(folder, picture), picture.name(), layers);
    }
  }

  private void gallery(
      Path folder,
      Map<String, Object> manifest,
      SaliencyMaps.Outcome outcome,
      List<TestedMap> tested)
      throws IOException {
    SaliencyGallery gallery = new SaliencyGallery(stored.card().name(), outcome.maps());
    List<String> files = new ArrayList<>(gallery.writePng(folder));
    boolean layers = classifier instanceof FeatureClassifier;
    for (ExplainedPicture picture : layers ? pictures() : List.<ExplainedPicture>of()) {
      files.add("images/" + picture.folder() + "/layers.csv");
      files.add("images/" + picture.folder() + "/layers.png");
    }
    files.add("manifest.json");
    Map<String, String> provenance = new LinkedHashMap<>();
    Provenance.flatten("", manifest, provenance);
    provenance.remove("status");
    List<String> notes = new ArrayList<>(outcome.failures());
    notes.addAll(outcome.notes());
    List<Section> more = tested.isEmpty() ? List.of() : List.of(FaithfulnessSection.of(tested));
    SaliencyPage.write(folder, gallery, more, notes, provenance, files);
  }

  private static void write(Path folder, Map<String, Object> manifest, String status)
      throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve("manifest.json"), manifest);
  }
}
