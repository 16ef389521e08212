package org.whisker.study.bench;

import java.util.Optional;
import org.whisker.study.InvalidRequestException;
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

  public static BenchPlan of(
      String device,
      Optional<Precision> asked,
      int population,
      Optional<Integer> batch,
      double seconds) {
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device));
    int size = batch.orElseGet(() -> on.searchBatch(population));
    return new BenchPlan(on, asked, population, Math.min(size, population), seconds);
  }

  public int blocks() {
    return Math.max(LEAST_BLOCKS, (int) Math.ceil(seconds / LONGEST_BLOCK));
  }

  double blockSeconds() {
    return seconds / blocks();
  }

  TorchClassifier.Settings settings(Precision precision) {
    return new TorchClassifier.Settings(precision, device, batch);
  }
}
