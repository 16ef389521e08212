package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.Removals;
import org.whisker.classifier.Classifier;
import org.whisker.feature.boundary.MinimalStarts.Start;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.job.Progress;

/**
 * The searches of a job: each start for each target.
 *
 * @param folder gets the files of each set
 */
record MinimalSearches(
    Classifier classifier,
    MinimalSearch search,
    List<Start> starts,
    List<Double> targets,
    Path folder) {
  int count() {
    return starts.size() * targets.size();
  }

  /** Does the search of that number, see {@link org.whisker.job.JobFolder.Work}. */
  Optional<MinimalSearch.Outcome.OfStart> row(
      int number, Progress progress, BooleanSupplier stopped) throws IOException {
    Start start = starts.get(number / targets.size());
    double target = targets.get(number % targets.size());
    Optional<MinimalSearch.Outcome> found =
        search.from(
            classifier,
            start.image(),
            start.tones(),
            target,
            left -> {
              progress.extraMessage(start.name() + ": " + left + " pixels");
              progress.stepTo(number);
            },
            stopped);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String file = "sets/%02d-p%s".formatted(number / targets.size() + 1, target);
    if (found.get().found().isPresent()) {
      write(file, start.tones(), found.get().found().get());
    }
    return Optional.of(MinimalSearch.Outcome.OfStart.of(start.name(), file, found.get()));
  }

  private void write(String file, Tones tones, Removals set) throws IOException {
    Files.createDirectories(folder.resolve("sets"));
    ImageFiles.writePng(folder.resolve(file + ".png"), tones.painted(set.pixels()));
    Removals.Pixel.TABLE.write(folder.resolve(file + ".csv"), Removals.Pixel.of(set));
  }
}
