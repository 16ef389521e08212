package org.whisker.feature.models;

import java.util.Optional;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * How a speed is measured.
 *
 * @param asked what evolution scores in; empty for the faster one
 * @param batch pictures a call at most
 * @param seconds how long evolution is measured at least, all blocks together
 */
public record BenchPlan(
    TorchDevice device, Optional<Precision> asked, int population, int batch, double seconds) {
  private static final int LEAST_BLOCKS = 6;
  private static final double LONGEST_BLOCK = 5;

  public BenchPlan {
    if (population < 2) {
      throw new IllegalArgumentException("--population must be at least 2, was " + population);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("--batch must be at least 1, was " + batch);
    }
    if (!(seconds > 0 && seconds <= 3600)) {
      throw new IllegalArgumentException(
          "--seconds must be above 0 and at most 3600, was " + seconds);
    }
  }

  /**
   * A plan on a device.
   *
   * @param batch pictures a call at most; empty: as many as a search takes on that device
   * @throws IllegalArgumentException for what can't be
   */
  public static BenchPlan of(
      TorchDevice device,
      Optional<Precision> asked,
      int population,
      Optional<Integer> batch,
      double seconds) {
    int size = batch.orElseGet(() -> device.searchBatch(population));
    return new BenchPlan(device, asked, population, Math.min(size, population), seconds);
  }

  int blocks() {
    return Math.max(LEAST_BLOCKS, (int) Math.ceil(seconds / LONGEST_BLOCK));
  }

  double blockSeconds() {
    return seconds / blocks();
  }

  TorchClassifier.Settings settings(Precision precision) {
    return new TorchClassifier.Settings(precision, device, batch);
  }
}
