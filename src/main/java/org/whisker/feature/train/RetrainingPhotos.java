package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.DatasetListing;
import org.whisker.dataset.ListedPhoto;
import org.whisker.job.InvalidRequestException;

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
