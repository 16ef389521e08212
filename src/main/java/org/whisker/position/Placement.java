package org.whisker.position;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.position.PixelTable.Runs;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Equivalence;
import org.whisker.stats.ToroidalShift;

/**
 * Statistics of the positions of a condition's black pixels.
 *
 * @param edgeIndices the edge indices of each run that has a black pixel
 * @param bias their mean against ½
 * @param pEquivalence the p-value of the test that the mean lies within ±{@value #MARGIN} of ½
 *     (TOST); empty for a single run
 * @param clustering the mean against toroidal shifts of the same patterns: clustered pixels carry
 *     less information than their number suggests
 * @param profile density from the border inwards
 * @param parts density by side and corner
 * @param residues density by x and y modulo powers of two
 * @param logRatio smoothed density against chance
 */
public record Placement(
    List<Double> edgeIndices,
    EdgeBias bias,
    OptionalDouble pEquivalence,
    ToroidalShift clustering,
    DensityProfile profile,
    List<PartDensity.OfRuns> parts,
    List<Residues> residues,
    LogRatio logRatio) {
  /** The equivalence margin, fixed beforehand: a smaller bias is negligible. */
  public static final double MARGIN = 0.05;

  static final double NO_BIAS = 0.5;

  public Placement {
    edgeIndices = List.copyOf(edgeIndices);
    parts = List.copyOf(parts);
    residues = List.copyOf(residues);
  }

  /**
   * The placement of runs, at least one of which has a black pixel.
   *
   * @param density the density of these runs, smoothed with {@code bandwidth}
   * @param seed the seed of all random numbers, together with {@code index}, which distinguishes
   *     conditions
   */
  static Placement of(
      List<BlackPixels> runs, PixelMap density, double bandwidth, long seed, long index) {
    List<BlackPixels> marked = Runs.marked(runs);
    PixelTable table = new PixelTable(marked);
    double[] indices = EdgeBias.edgeIndices(marked);
    // each draws from its own stream, so the order in which they finish does not matter
    var clustering = supplyAsync(() -> ShiftedEdgeIndex.test(table, stream(seed, "shift", index)));
    var parts = supplyAsync(() -> PartDensity.all(marked, stream(seed, "parts", index)));
    var residues = supplyAsync(() -> Residues.all(table, stream(seed, "residues", index)));
    EdgeBias bias = EdgeBias.of(runs, stream(seed, "bias", index));
    DensityProfile profile = DensityProfile.of(runs, stream(seed, "profile", index));
    LogRatio ratio = LogRatio.of(marked, density, bandwidth, stream(seed, "null", index));
    return new Placement(
        Arrays.stream(indices).boxed().toList(),
        bias,
        indices.length < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Equivalence.oneSample(indices, NO_BIAS, MARGIN).p()),
        clustering.join(),
        profile,
        parts.join(),
        residues.join(),
        ratio);
  }

  private static SplitMix64 stream(long seed, String name, long index) {
    return SplitMix64.stream(seed, "heatmap-" + name, index);
  }

  /** The edge indices as an array, for tests. */
  double[] indices() {
    return edgeIndices.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The mean edge index tested against random toroidal shifts of each run, as {@link
   * ToroidalShift#test} does for any statistic, but fast enough for ten thousand images.
   */
  static final class ShiftedEdgeIndex {
    private static final int MOST_SHIFTS = 9_999;
    private static final int FEWEST_SHIFTS = 99;

    /** Most lookups of a pixel; each takes a nanosecond or two. */
    private static final long MOST_LOOKUPS = 500_000_000;

    private final PixelTable runs;
    // Distances to the nearer end along an axis, stored twice in a row so that a shift needs no
    // wrapping.
    private final int[] across;
    private final int[] down;
    private final double[] rankOfRing;

    private ShiftedEdgeIndex(PixelTable runs) {
      this.runs = runs;
      Canvas canvas = runs.canvas();
      across = distances(canvas.width());
      down = distances(canvas.height());
      EdgeRank rank = new EdgeRank(canvas);
      rankOfRing = IntStream.range(0, rank.rings()).mapToDouble(rank::ofRing).toArray();
    }

    private static int[] distances(int length) {
      return IntStream.range(0, 2 * length)
          .map(i -> Math.min(i % length, length - 1 - i % length))
          .toArray();
    }

    /**
     * The test of runs that all have a black pixel.
     *
     * @return with {@value #MOST_SHIFTS} shifts of each run, or fewer where there are many pixels
     */
    static ToroidalShift test(PixelTable runs, RandomGenerator random) {
      ShiftedEdgeIndex index = new ShiftedEdgeIndex(runs);
      long affordable = MOST_LOOKUPS / Math.max(1, runs.pixels());
      double[] shifted =
          new double[(int) Math.max(FEWEST_SHIFTS, Math.min(MOST_SHIFTS, affordable))];
      for (int draw = 0; draw < shifted.length; draw++) {
        shifted[draw] = index.shifted(random);
      }
      return ToroidalShift.of(index.observed(), shifted);
    }

    private double observed() {
      double sum = 0;
      for (int run = 0; run < runs.runs(); run++) {
        sum += index(run, 0, 0);
      }
      return sum / runs.runs();
    }

    private double shifted(RandomGenerator random) {
      Canvas canvas = runs.canvas();
      double sum = 0;
      for (int run = 0; run < runs.runs(); run++) {
        sum += index(run, random.nextInt(canvas.width()), random.nextInt(canvas.height()));
      }
      return sum / runs.runs();
    }

    private double index(int run, int dx, int dy) {
      double sum = 0;
      int end = runs.begin(run + 1);
      for (int at = runs.begin(run); at < end; at++) {
        sum += rankOfRing[Math.min(across[runs.x(at) + dx], down[runs.y(at) + dy])];
      }
      return sum / (end - runs.begin(run));
    }
  }

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
          density.canvas(),
          IntStream.range(0, density.canvas().pixels()).filter(outside).toArray());
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
}
