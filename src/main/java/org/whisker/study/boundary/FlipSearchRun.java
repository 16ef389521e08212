package org.whisker.study.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.Binarised;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.chart.CounterfactualFiles;
import org.whisker.classifier.Classifier;
import org.whisker.image.Threshold;
import org.whisker.io.CsvWriter;
import org.whisker.study.Progress;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.SinglePicture;

/**
 * Turns images into what is no cat, one a row of the table.
 *
 * @param threshold of gray pictures; empty for Otsu's
 * @param folder of the table
 */
public record FlipSearchRun(
    Classifier classifier,
    CounterfactualSearch search,
    Optional<Threshold> threshold,
    List<Subject> subjects,
    Path folder) {

  /** One image. */
  record Subject(PictureGroup group, PictureGroup.Picture picture) {
    CounterfactualFiles.Named named(int row) {
      return new CounterfactualFiles.Named(
          group.name(),
          picture.file(),
          SinglePicture.shortName(picture),
          "images/%03d".formatted(row + 1));
    }
  }

  /** Those of all groups. */
  public static List<Subject> all(List<PictureGroup> groups) {
    List<Subject> all = new ArrayList<>();
    groups.forEach(
        group -> group.pictures().forEach(picture -> all.add(new Subject(group, picture))));
    return all;
  }

  /** Works out a row, see {@link RowRecorder.Work}. */
  public boolean append(CsvWriter csv, int row, Progress progress, BooleanSupplier stopped)
      throws IOException {
    Subject subject = subjects.get(row);
    Binarised image =
        Binarised.of(classifier, subject.picture.raster(), subject.group.tones(), threshold);
    Optional<Counterfactual> found =
        image.isCat() ? turned(image, row, progress, stopped) : Optional.empty();
    if (image.isCat() && found.isEmpty()) {
      return false;
    }
    CounterfactualFiles.append(csv, folder, subject.named(row), image, found);
    return true;
  }

  private Optional<Counterfactual> turned(
      Binarised cat, int row, Progress progress, BooleanSupplier stopped) {
    return search.of(
        classifier,
        cat,
        left -> {
          progress.extraMessage(left + " flips");
          progress.stepTo(row);
        },
        stopped);
  }
}
