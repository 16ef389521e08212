package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.DatasetListing;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.job.InvalidRequestException;

/**
 * The photos that networks of experiments are trained on, and how.
 *
 * @param folder with {@code train/}, {@code val/} and {@code test/}, each with {@code cat/} and
 *     {@code not_cat/}
 * @param plan where training differs from how the model was trained
 */
public record RetrainingData(Path folder, RetrainingPlan plan) {
  /**
   * The photos, looked through but not decoded.
   *
   * @throws org.whisker.job.InvalidRequestException when a split is missing
   */
  public RetrainingPhotos photos() throws IOException {
    return RetrainingPhotos.of(folder);
  }

  /**
   * How the networks of experiments are trained, where it differs from how their model was.
   *
   * @param epochs passes over the photos; empty: as many as the model's card tells, a tenth of it
   *     when training goes on from its weights
   * @param seed of an arm's first network; empty: the model's own
   * @param fromModel whether training goes on from the model's own weights
   */
  public record RetrainingPlan(OptionalInt epochs, OptionalLong seed, boolean fromModel) {
    /** As the model was trained, from fresh weights. */
    public static RetrainingPlan standard() {
      return new RetrainingPlan(OptionalInt.empty(), OptionalLong.empty(), false);
    }
  }

  /**
   * The photos that networks of experiments are trained and tested on.
   *
   * @param folder holds train/, val/ and test/
   * @param sha256 of every photo's split, label, name and content
   */
  public record RetrainingPhotos(Path folder, String sha256) {
    private static final List<String> SPLITS =
        List.of(TrainingPhotos.TRAIN, TrainingPhotos.VAL, TrainingPhotos.TEST);

    /**
     * Looks through a folder.
     *
     * @throws InvalidRequestException when a split is missing
     */
    public static RetrainingPhotos of(Path folder) throws IOException {
      for (String split : SPLITS) {
        InvalidRequestException.refuse(
            !Files.isDirectory(folder.resolve(split)),
            "--data %s has no folder %s; it needs train/, val/ and test/, each with cat/ and not_cat/"
                .formatted(folder, split));
      }
      StringBuilder all = new StringBuilder();
      for (ListedPhoto photo : DatasetListing.of(folder)) {
        if (Set.copyOf(SPLITS).contains(photo.split())) {
          all.append(photo.split()).append('/').append(photo.label().folder()).append('/');
          all.append(photo.file().getFileName()).append(' ').append(Sha256.of(photo.file()));
          all.append('\n');
        }
      }
      return new RetrainingPhotos(folder, Sha256.ofText(all.toString()));
    }

    /** What a card says of them. */
    public String note() {
      return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }
  }
}
