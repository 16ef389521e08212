package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;

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
}
