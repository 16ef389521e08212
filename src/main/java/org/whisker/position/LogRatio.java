package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;

/**
 * The smoothed density relative to a uniform one, as log2 of their ratio: +1 is twice the density
 * expected by chance, −1 half of it.
 *
 * @param ratio at least {@value #LEAST}, which also represents zero density
 * @param band the range expected by chance; empty if the canvas is too large for it
 * @param above the pixels denser than the pointwise band; empty without a band
 * @param below the pixels sparser than it
 */
public record LogRatio(
    PixelMap ratio, Optional<NullBand> band, BlackPixels above, BlackPixels below) {
  /** 1/1024 of a uniform density. */
  public static final double LEAST = -10;

  /** The log ratio of the density of these runs. */
  static LogRatio of(
      List<BlackPixels> runs, PixelMap density, double bandwidth, RandomGenerator random) {
    Optional<NullBand> band = NullBand.of(runs, density, bandwidth, random);
    PixelMap ratio =
        PixelMap.of(
            "log-ratio",
            density.canvas(),
            "log2(density / uniform)",
            Arrays.stream(density.values()).map(LogRatio::log2).toArray());
    // the band is stored in floats, so the density is compared as a float
    double[] values = Arrays.stream(density.values()).map(value -> (float) value).toArray();
    double[] low = band.map(b -> b.low().values()).orElse(values);
    double[] high = band.map(b -> b.high().values()).orElse(values);
    return new LogRatio(
        ratio,
        band,
        where(density, pixel -> values[pixel] > high[pixel]),
        where(density, pixel -> values[pixel] < low[pixel]));
  }

  private static BlackPixels where(PixelMap density, IntPredicate outside) {
    return BlackPixels.of(
        density.canvas(), IntStream.range(0, density.canvas().pixels()).filter(outside).toArray());
  }

  /** log2 of a density, at least {@value #LEAST}. */
  public static double log2(double density) {
    return density > 0 ? Math.max(LEAST, Math.log(density) / Math.log(2)) : LEAST;
  }

  /** The number of pixels outside the pointwise band; 5 % of them by chance alone. */
  public int outside() {
    return above.count() + below.count();
  }
}
