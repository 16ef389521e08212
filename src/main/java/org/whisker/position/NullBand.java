package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.PixelMap.Smoother;
import org.whisker.position.PixelTable.Runs;
import org.whisker.table.MapFiles;
import org.whisker.value.Checks;

/**
 * The range of a smoothed density around 1 by chance alone: the pixelwise 95 % band of uniformly
 * random sets of the same sizes, smoothed in the same way. Random sets consist of independently
 * placed pixels: clustered patterns leave the band wherever they lie, which does not show a
 * preference for a position.
 *
 * <p><b>Pointwise</b> means that chance leaves the band at 5 % of the pixels. The factor widens it
 * so that chance leaves it at any pixel in only 5 % of the maps (the directional quantile envelope
 * of Myllymäki et al., 2017: distances above and below the mean are scaled by the upper and lower
 * half-widths of the pointwise band).
 *
 * @param low the lower end of the pointwise band, relative to uniform
 * @param high the upper end of the pointwise band
 * @param factor ratio of the widths of the simultaneous and the pointwise band
 * @param pMap the probability by chance of a deviation as large as the largest of the observed
 *     density
 * @param draws number of maps drawn
 * @param exact whether random sets were drawn; otherwise a normal field with their moments
 */
public record NullBand(
    PixelMap low, PixelMap high, double factor, double pMap, int draws, boolean exact) {
  private static final double LEVEL = 0.95;
  private static final int MOST_DRAWS = 399;
  private static final int FEWEST_DRAWS = 199;

  /** Most pixels of a small canvas (200 by 200), on which more draws are affordable. */
  private static final int SMALL_CANVAS = 40_000;

  /** Pixels of a large canvas; above it, the draws would not fit into memory. */
  private static final int LARGE_CANVAS = 400_000;

  public NullBand {
    Checks.require(factor > 0 && pMap > 0 && pMap <= 1, "factor %s, p %s", factor, pMap);
  }

  /**
   * The band for a density of these runs.
   *
   * @param runs all with a black pixel
   * @param density the density of these runs, smoothed with {@code bandwidth}
   * @return empty on a canvas of more than {@value #LARGE_CANVAS} pixels
   */
  static Optional<NullBand> of(
      List<BlackPixels> runs, PixelMap density, double bandwidth, RandomGenerator random) {
    Canvas canvas = density.canvas();
    int draws = draws(canvas);
    if (draws == 0) {
      return Optional.empty();
    }
    NullFields fields = new NullFields(runs);
    float[][] maps = new float[draws][];
    try (Smoother smoother = new Smoother(canvas, bandwidth)) {
      for (int draw = 0; draw < draws; draw++) {
        maps[draw] = MapFiles.floats(smoother.smoothed(fields.draw(random)));
      }
    }
    return Optional.of(of(density, maps, fields.exact()));
  }

  private static int draws(Canvas canvas) {
    if (canvas.pixels() > LARGE_CANVAS) {
      return 0;
    }
    return canvas.pixels() > SMALL_CANVAS ? FEWEST_DRAWS : MOST_DRAWS;
  }

  private static NullBand of(PixelMap density, float[][] maps, boolean exact) {
    int pixels = density.canvas().pixels();
    double[] low = new double[pixels];
    double[] high = new double[pixels];
    double[] mean = new double[pixels];
    int tail = (int) Math.round((maps.length + 1) * (1 - LEVEL) / 2);
    float[] here = new float[maps.length];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int draw = 0; draw < here.length; draw++) {
        here[draw] = maps[draw][pixel];
        mean[pixel] += (double) here[draw] / here.length;
      }
      Arrays.sort(here);
      low[pixel] = here[tail - 1];
      high[pixel] = here[here.length - tail];
    }
    EnvelopeDistance strays = new EnvelopeDistance(low, mean, high);
    double[] farthest =
        IntStream.range(0, maps.length)
            .mapToDouble(draw -> strays.farthest(pixel -> maps[draw][pixel]))
            .sorted()
            .toArray();
    double[] values = density.values();
    double observed = strays.farthest(pixel -> values[pixel]);
    long as = Arrays.stream(farthest).filter(value -> value >= observed).count();
    Canvas canvas = density.canvas();
    return new NullBand(
        PixelMap.of("null, 2.5 %", canvas, density.unit(), low),
        PixelMap.of("null, 97.5 %", canvas, density.unit(), high),
        farthest[(int) Math.ceil((farthest.length + 1) * LEVEL) - 1],
        (as + 1.0) / (farthest.length + 1.0),
        maps.length,
        exact);
  }

  /**
   * How far a map strays from the null's mean, in pointwise half-widths of that side: 1 is on it.
   */
  static final class EnvelopeDistance {
    private final double[] low;
    private final double[] mean;
    private final double[] high;

    EnvelopeDistance(double[] low, double[] mean, double[] high) {
      this.low = low;
      this.mean = mean;
      this.high = high;
    }

    /** The farthest of all pixels; at least 0. */
    double farthest(IntToDoubleFunction valueAt) {
      double farthest = 0;
      for (int pixel = 0; pixel < mean.length; pixel++) {
        farthest = Math.max(farthest, of(pixel, valueAt.applyAsDouble(pixel)));
      }
      return farthest;
    }

    private double of(int pixel, double value) {
      double away = value - mean[pixel];
      double half = away > 0 ? high[pixel] - mean[pixel] : mean[pixel] - low[pixel];
      // where the null hardly varies there is nothing to measure by
      return half > 0 ? Math.abs(away) / half : 0;
    }
  }

  /**
   * Relative densities, computed as in {@link ConditionMaps.PositionHeatmap} before smoothing,
   * under the null hypothesis: each run is replaced by a uniformly random set of the same size.
   */
  static final class NullFields {
    /** Number of pixels from which on sets are not drawn individually. */
    private static final int MANY_PIXELS = 500_000;

    private final Canvas canvas;
    private final int[] counts;
    private final int[] shuffled;
    private final boolean exact;

    /** Fields for these runs, all with a black pixel, on one canvas. */
    NullFields(List<BlackPixels> runs) {
      canvas = Runs.canvas(runs);
      counts = runs.stream().mapToInt(BlackPixels::count).toArray();
      shuffled = IntStream.range(0, canvas.pixels()).toArray();
      exact = IntStream.of(counts).asLongStream().sum() < MANY_PIXELS;
    }

    /**
     * Whether sets are drawn. Otherwise their sum is approximated by normal numbers with the same
     * mean, variance and covariance, which is accurate where a kernel covers hundreds of pixels.
     */
    boolean exact() {
      return exact;
    }

    /** A random field; its mean is 1. */
    double[] draw(RandomGenerator random) {
      return exact ? sets(random) : normal(random);
    }

    private double[] sets(RandomGenerator random) {
      double[] field = new double[canvas.pixels()];
      for (int count : counts) {
        double weight = weight(count);
        for (int i = 0; i < count; i++) {
          // any initial order of the pixels will do, so the previous one is shuffled further
          int j = i + random.nextInt(shuffled.length - i);
          int drawn = shuffled[j];
          shuffled[j] = shuffled[i];
          shuffled[i] = drawn;
          field[drawn] += weight;
        }
      }
      return field;
    }

    private double weight(int count) {
      return (double) canvas.pixels() / count / counts.length;
    }

    /** Independent normal numbers minus their mean have the equal covariances of a fixed sum. */
    private double[] normal(RandomGenerator random) {
      int pixels = canvas.pixels();
      double variance = 0;
      for (int count : counts) {
        double share = (double) count / pixels;
        variance += weight(count) * weight(count) * share * (1 - share);
      }
      double sd = Math.sqrt(variance * pixels / Math.max(1, pixels - 1));
      double[] field = new double[pixels];
      double sum = 0;
      for (int i = 0; i < pixels; i++) {
        field[i] = sd * random.nextGaussian();
        sum += field[i];
      }
      for (int i = 0; i < pixels; i++) {
        field[i] += 1 - sum / pixels;
      }
      return field;
    }
  }
}
