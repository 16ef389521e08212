package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.whisker.dataset.Label;
import org.whisker.training.TrainingOptions;

/**
 * The photos of a training.
 *
 * @param train what is trained on
 * @param val what the best epoch is chosen by
 */
record TrainingPhotos(PhotoReading train, PhotoReading val) {
  static final String TRAIN = "train";
  static final String VAL = "val";
  static final String TEST = "test";

  /** Decodes {@code data/train} and {@code data/val}. */
  static TrainingPhotos read(Path data, Environment environment, CommonOptions common)
      throws IOException {
    return new TrainingPhotos(
        PhotoReading.of(data.resolve(TRAIN), environment, common),
        PhotoReading.of(data.resolve(VAL), environment, common));
  }

  /** Decodes {@code data/test}, for when training is over; there need be none. */
  static Optional<PhotoReading> readTest(Path data, Environment environment, CommonOptions common)
      throws IOException {
    Path test = data.resolve(TEST);
    return Files.isDirectory(test)
        ? Optional.of(PhotoReading.of(test, environment, common))
        : Optional.empty();
  }

  /**
   * Whether there are enough to train on.
   *
   * @throws UsageException when there is not one batch
   */
  void check(TrainingOptions options) {
    int count = train.photos().size();
    UsageException.refuse(
        count < options.batch(),
        "a batch of %d (--batch) is more than the %d training photos"
            .formatted(options.batch(), count));
  }

  /** How many photos, by split and label ({@code train/cat}). */
  Map<String, Integer> counts(Optional<PhotoReading> test) {
    Map<String, Integer> counts = new TreeMap<>();
    count(TRAIN, train, counts);
    count(VAL, val, counts);
    test.ifPresent(photos -> count(TEST, photos, counts));
    return counts;
  }

  private static void count(String split, PhotoReading photos, Map<String, Integer> counts) {
    for (Label label : Label.values()) {
      counts.put(split + "/" + label.folder(), photos.count(label));
    }
  }
}
