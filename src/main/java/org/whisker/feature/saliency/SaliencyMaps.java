package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.image.EdgeBins;
import org.whisker.image.ImageFiles;
import org.whisker.job.FileHashes;
import org.whisker.job.Progress;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attributions;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.MapEdgeIndex;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SavedAttribution;

/**
 * Makes the maps of images, each safe on the disk before the next, or takes those that are there.
 *
 * @param folder of all results
 * @param required whether it is a failure when a method can't be used on a picture
 */
record SaliencyMaps(
    Classifier classifier,
    SaliencySettings settings,
    List<Method> methods,
    boolean required,
    int batch,
    Path folder) {
  private static final int SHIFTS = 999;
  private static final double TOLERANCE = 1e-4;

  /** What came of it. */
  static final class Outcome {
    private final List<ExplainedMap> maps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean stopped;

    /** Image by image, method by method. */
    List<ExplainedMap> maps() {
      return List.copyOf(maps);
    }

    /** What was asked for and can't be had, or is wrong, a line each. */
    List<String> failures() {
      return List.copyOf(failures);
    }

    /** What was left out. */
    List<String> notes() {
      return List.copyOf(notes);
    }

    boolean stopped() {
      return stopped;
    }
  }

  /** Makes all. */
  Outcome of(List<SaliencyImages.Named> images, BooleanSupplier stopped, Progress progress)
      throws IOException {
    Outcome outcome = new Outcome();
    int done = 0;
    for (SaliencyImages.Named image : images) {
      Path own = folderOf(image.picture());
      Files.createDirectories(own);
      ImageFiles.writePng(own.resolve("picture.png"), image.picture().raster());
      for (Method method : methods) {
        if (stopped.getAsBoolean()) {
          outcome.stopped = true;
          return outcome;
        }
        make(image, method, outcome, stopped, progress);
        progress.stepTo(++done);
      }
    }
    return outcome;
  }

  Path folderOf(ExplainedMap.Picture picture) {
    return folder.resolve("images").resolve(picture.folder());
  }

  private void make(
      SaliencyImages.Named image,
      Method method,
      Outcome outcome,
      BooleanSupplier stopped,
      Progress progress)
      throws IOException {
    ExplainedMap.Picture picture = image.picture();
    Optional<String> obstacle = method.obstacle(classifier, picture.raster());
    if (obstacle.isPresent()) {
      (required ? outcome.failures : outcome.notes).add(picture.name() + ": " + obstacle.get());
      return;
    }
    MethodSettings set = settings.of(picture.raster(), image.tones());
    Path own = folderOf(picture);
    SavedAttribution saved = new SavedAttribution(own, SaliencyFiles.stem(method.label()));
    Optional<Attribution> there = intact(saved, method);
    try {
      Optional<Attribution> found =
          there.isPresent() ? there : measure(picture, method, set, stopped, progress);
      if (found.isEmpty()) {
        outcome.stopped = true;
        return;
      }
      ExplainedMap explained = explained(picture, method, set, found.get());
      if (there.isEmpty()) {
        SaliencyFiles.write(own, explained);
        saved.write(found.get(), FileHashes.of(own, SaliencyFiles.of(own, explained)).hashes());
      }
      outcome.maps.add(explained);
      verified(explained).ifPresent(outcome.failures::add);
    } catch (IllegalArgumentException e) {
      outcome.failures.add(picture.name() + ": " + e.getMessage());
    }
  }

  /** The map that was made before; empty when it was not, or its files were changed since. */
  private static Optional<Attribution> intact(SavedAttribution saved, Method method) {
    try {
      return FileHashes.read(saved.hashes()).changed(saved.folder()).isEmpty()
          ? saved.read(method)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // damaged: it is made again
    }
  }

  private Optional<Attribution> measure(
      ExplainedMap.Picture picture,
      Method method,
      MethodSettings set,
      BooleanSupplier stopped,
      Progress progress) {
    String task = picture.name() + ": " + method.label();
    progress.extraMessage(task);
    return new Attributions(
            classifier, set, batch, n -> progress.extraMessage(task + " " + n), stopped)
        .of(method, picture.raster());
  }

  private ExplainedMap explained(
      ExplainedMap.Picture picture, Method method, MethodSettings set, Attribution found) {
    SplitMix64 random = SplitMix64.stream(settings.seed(), "shifted maps of " + method.label(), 0);
    SaliencyMap map = found.map();
    return new ExplainedMap(
        picture,
        method.with(set).options(),
        found,
        RadialProfile.of(map, EdgeBins.DEFAULT_PARTS, SHIFTS, random),
        MapEdgeIndex.of(map, SHIFTS, random));
  }

  private static Optional<String> verified(ExplainedMap of) {
    double largest = of.attribution().diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElse(0);
    return largest <= TOLERANCE
        ? Optional.empty()
        : Optional.of(
            "%s: occlusion differs from full passes by %.2e logits, more than %.0e"
                .formatted(of.picture().name(), largest, TOLERANCE));
  }
}
