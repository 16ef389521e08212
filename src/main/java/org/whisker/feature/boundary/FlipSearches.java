package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.Binarised;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.boundary.Removals;
import org.whisker.classifier.Classifier;
import org.whisker.image.ImageFiles;
import org.whisker.image.Threshold;
import org.whisker.job.Progress;
import org.whisker.job.input.PictureGroup;

/**
 * The searches of a job, one an image.
 *
 * @param threshold of gray images; empty for Otsu's
 * @param folder gets the files of each image
 */
record FlipSearches(
    Classifier classifier,
    CounterfactualSearch search,
    Optional<Threshold> threshold,
    List<PictureGroup.Member> images,
    Path folder) {
  int count() {
    return images.size();
  }

  /** Does the search of that number, see {@link org.whisker.job.JobFolder.Work}. */
  Optional<Counterfactual.OfImage> row(int number, Progress progress, BooleanSupplier stopped)
      throws IOException {
    PictureGroup.Member member = images.get(number);
    Binarised image =
        Binarised.of(classifier, member.picture().raster(), member.group().tones(), threshold);
    Optional<Counterfactual> found =
        image.isCat() ? search(image, number, progress, stopped) : Optional.empty();
    if (image.isCat() && found.isEmpty()) {
      return Optional.empty();
    }
    String files = "images/%03d".formatted(number + 1);
    Optional<Removals> flips = found.flatMap(Counterfactual::found);
    if (flips.isPresent()) {
      write(folder.resolve(files), found.orElseThrow(), flips.get());
    }
    return Optional.of(
        Counterfactual.OfImage.of(
            member.group().name(), member.picture().file(), files, image, found));
  }

  private Optional<Counterfactual> search(
      Binarised cat, int number, Progress progress, BooleanSupplier stopped) {
    return search.of(
        classifier,
        cat,
        left -> {
          progress.extraMessage(left + " flips");
          progress.stepTo(number);
        },
        stopped);
  }

  private static void write(Path own, Counterfactual found, Removals flips) throws IOException {
    Files.createDirectories(own);
    Counterfactual.Flip.TABLE.write(
        own.resolve(Counterfactual.Flip.FILE), Counterfactual.Flip.of(found, flips));
    Binarised cat = found.cat();
    ImageFiles.writePng(own.resolve("before.png"), cat.tones().painted(cat.image()));
    ImageFiles.writePng(own.resolve("after.png"), cat.tones().painted(found.after()));
  }
}
