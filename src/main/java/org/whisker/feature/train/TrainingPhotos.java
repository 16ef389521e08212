package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.whisker.dataset.PhotoSet;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoTable;
import org.whisker.job.JobContext;
import org.whisker.job.input.PhotoReading;

/**
 * The photos of a training.
 *
 * @param train what is trained on
 * @param val what the best epoch is chosen by
 */
public record TrainingPhotos(PhotoReading train, PhotoReading val) {
  static final String TRAIN = "train";
  static final String VAL = "val";
  static final String TEST = "test";

  /**
   * Decodes what {@code data}, a folder or a CSV, has for training and validation.
   *
   * @param planes 1 for their gray, 3 for their colours
   */
  public static TrainingPhotos read(Path data, int planes, JobContext context) throws IOException {
    if (isTable(data)) {
      PhotoTable table = PhotoTable.open(data).forTraining();
      PhotoSet train = table.split(TRAIN);
      PhotoSet val = table.split(VAL);
      return new TrainingPhotos(
          PhotoReading.of(train, planes, context), PhotoReading.of(val, planes, context));
    }
    return new TrainingPhotos(
        PhotoReading.of(data.resolve(TRAIN), planes, context),
        PhotoReading.of(data.resolve(VAL), planes, context));
  }

  /** Whether it is a CSV of photos, not a folder. */
  static boolean isTable(Path data) {
    return Files.isRegularFile(data);
  }

  /** Decodes what {@code data} has for testing, for when training is over; there need be none. */
  public static Optional<PhotoReading> readTest(Path data, int planes, JobContext context)
      throws IOException {
    if (isTable(data)) {
      Optional<PhotoSet> test = PhotoTable.open(data).find(TEST);
      return test.isPresent()
          ? Optional.of(PhotoReading.of(test.get(), planes, context))
          : Optional.empty();
    }
    Path test = data.resolve(TEST);
    return Files.isDirectory(test)
        ? Optional.of(PhotoReading.of(test, planes, context))
        : Optional.empty();
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
