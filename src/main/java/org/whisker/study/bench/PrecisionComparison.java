package org.whisker.study.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.whisker.torch.TorchClassifier.BareForward;

/** Bare passes in float32 and in bfloat16, in turn, at the same batch. */
final class PrecisionComparison {
  private static final double NANOS = 1e9;

  private PrecisionComparison() {}

  /**
   * Measures.
   *
   * @param blocks how many, of at least one pass each
   * @param blockSeconds how long a block of either lasts at least
   * @return bfloat16 compared with float32
   */
  static PairedRates measure(
      BareForward float32,
      BareForward bfloat16,
      int blocks,
      double blockSeconds,
      LongSupplier nanoTime) {
    float32.pass();
    bfloat16.pass();
    List<Double> reference = new ArrayList<>();
    List<Double> compared = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      reference.add(rate(float32, blockSeconds, nanoTime));
      compared.add(rate(bfloat16, blockSeconds, nanoTime));
    }
    return new PairedRates(reference, compared);
  }

  private static double rate(BareForward forward, double blockSeconds, LongSupplier nanoTime) {
    long began = nanoTime.getAsLong();
    long images = 0;
    double seconds = 0;
    while (seconds < blockSeconds || images == 0) {
      images += forward.pass().length;
      seconds = Math.max(1, nanoTime.getAsLong() - began) / NANOS;
    }
    return images / seconds;
  }
}
