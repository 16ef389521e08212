package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;

/**
 * The smoothed density against a uniform one, as log2 of their ratio: +1 is twice as dense as
 * chance, −1 half as dense.
 *
 * @param ratio at least {@value #LEAST}, which also stands for no density at all
 * @param band how far chance strays; empty when the canvas is too large for it
 * @param above the pixels denser than the pointwise band, none without it
 * @param below the pixels sparser than it
 */
public record LogRatio(
    PixelMap ratio, Optional<NullBand> band, BlackPixels above, BlackPixels below) {
  /** 1/1024 of a uniform density. */
  public static final double LEAST = -10;

  /** Of a density that these runs gave. */
  static LogRatio of(
      List<BlackPixels> runs, PixelMap density, double bandwidth, RandomGenerator random) {
    Optional<NullBand> band = NullBand.of(runs, density, bandwidth, random);
    PixelMap ratio =
        PixelMap.of(
            "log-ratio",
            density.canvas(),
            "log2(density / uniform)",
            Arrays.stream(density.values()).map(LogRatio::log2).toArray());
    // the band is kept in floats, so the density is compared as one
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

  /** How many pixels leave the pointwise band; chance alone: 5 % of them. */
  public int outside() {
    return above.count() + below.count();
  }
}
