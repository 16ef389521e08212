package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.TestResult.NullDistribution;
import org.whisker.value.Checks;

/**
 * Profile of a saliency map from the border inwards, against a null of random toroidal shifts
 * (Lotwick and Silverman, 1982), which preserve the map's spatial autocorrelation and randomise its
 * position.
 *
 * <p>The bands are pointwise: with ten bins, one outside its band is expected in every second or
 * third profile by chance. {@link #byEdgeRank} is the single overall test.
 *
 * @param profile mean of |value| by bin
 * @param bands one per bin
 * @param byEdgeRank Spearman's rho of the edge rank u and |value|, two-sided against shifts: below
 *     0, the map is stronger near the border. Empty if |value| is constant or the canvas has a
 *     single ring.
 * @param shifts number of shifts drawn for the bands
 */
public record RadialProfile(
    SaliencyProfile profile, List<Band> bands, Optional<TestResult> byEdgeRank, int shifts) {

  /**
   * Null distribution of a bin.
   *
   * @param interval 95 % band of the mean of |value| over the shifted maps (their range with fewer
   *     than 79 shifts)
   * @param p two-sided p-value of the observed mean
   */
  public record Band(Interval interval, double p) {
    public Band {
      Checks.require(p > 0 && p <= 1, "p must be above 0 and at most 1, was %s", p);
    }
  }

  public RadialProfile {
    bands = List.copyOf(bands);
    if (bands.size() != profile.bins().size()) {
      throw new IllegalArgumentException(
          bands.size() + " bands for a profile of " + profile.bins().size() + " bins");
    }
  }

  /**
   * The profile of a map.
   *
   * @param parts number of bins of the edge rank, at least 1
   * @param shifts number of shifts, at least 19; 999 gives a stable band
   * @param random draws the shifts
   */
  public static RadialProfile of(SaliencyMap map, int parts, int shifts, RandomGenerator random) {
    Inputs.atLeast(19, "shifts", shifts);
    EdgeBins edgeBins = new EdgeBins(map.canvas(), parts);
    double[] strength = MethodAgreement.absolute(map);
    double[] observed = edgeBins.means(i -> strength[i]);
    double[][] shifted = new double[observed.length][shifts];
    for (int s = 0; s < shifts; s++) {
      double[] elsewhere = shifted(map.canvas(), strength, random);
      double[] means = edgeBins.means(i -> elsewhere[i]);
      for (int bin = 0; bin < means.length; bin++) {
        shifted[bin][s] = means[bin];
      }
    }
    List<Band> bands = new ArrayList<>();
    for (int bin = 0; bin < observed.length; bin++) {
      bands.add(
          new Band(
              NullDistribution.middle(shifted[bin]),
              NullDistribution.p(shifted[bin], observed[bin])));
    }
    return new RadialProfile(
        SaliencyProfile.of(map, parts), bands, byEdgeRank(map, shifts, random), shifts);
  }

  /** The values of all pixels under a random toroidal shift. */
  private static double[] shifted(Canvas canvas, double[] values, RandomGenerator random) {
    int dx = random.nextInt(canvas.width());
    int dy = random.nextInt(canvas.height());
    double[] shifted = new double[values.length];
    for (int y = 0; y < canvas.height(); y++) {
      int from = canvas.index(0, (y + dy) % canvas.height());
      int to = canvas.index(0, y);
      System.arraycopy(values, from + dx, shifted, to, canvas.width() - dx);
      System.arraycopy(values, from, shifted, to + canvas.width() - dx, dx);
    }
    return shifted;
  }

  private static Optional<TestResult> byEdgeRank(
      SaliencyMap map, int shifts, RandomGenerator random) {
    Canvas canvas = map.canvas();
    EdgeRank rank = new EdgeRank(canvas);
    double[] strength = MethodAgreement.absolute(map);
    if (rank.rings() == 1 || Ties.isConstant(strength)) {
      return Optional.empty();
    }
    double[] u = IntStream.range(0, canvas.pixels()).mapToDouble(rank::of).toArray();
    return Optional.of(
        MapCorrelation.spearman(canvas, u, strength, Alternative.TWO_SIDED, shifts, random));
  }

  /**
   * Mean magnitude of a saliency map by edge rank, from the border inwards.
   *
   * @param bins from the border inwards
   * @param meanAbsolute mean of |value| over all pixels, in the map's unit; 0 only for an all-zero
   *     map
   */
  public record SaliencyProfile(List<Bin> bins, double meanAbsolute) {

    /**
     * One bin of the profile.
     *
     * @param meanAbsolute mean of |value| over its pixels, in the map's unit
     * @param relative ratio to the mean of the whole map: 1 is average; empty for an all-zero map
     */
    public record Bin(EdgeBin where, double meanAbsolute, OptionalDouble relative) {
      public Bin {
        checkMean(meanAbsolute);
      }
    }

    public SaliencyProfile {
      bins = List.copyOf(bins);
      checkMean(meanAbsolute);
    }

    private static void checkMean(double mean) {
      Checks.require(
          mean >= 0 && Double.isFinite(mean), "a mean of |value| is at least 0, was %s", mean);
    }

    /**
     * The profile of a saliency map.
     *
     * @param parts number of bins of the edge rank, at least 1
     */
    public static SaliencyProfile of(SaliencyMap map, int parts) {
      EdgeBins edgeBins = new EdgeBins(map.canvas(), parts);
      double[] means = edgeBins.means(i -> Math.abs(map.at(i)));
      double mean = 0;
      for (int bin = 0; bin < means.length; bin++) {
        mean += means[bin] * edgeBins.bins().get(bin).pixels() / map.canvas().pixels();
      }
      List<Bin> bins = new ArrayList<>();
      for (int bin = 0; bin < means.length; bin++) {
        OptionalDouble relative =
            map.isZero() ? OptionalDouble.empty() : OptionalDouble.of(means[bin] / mean);
        bins.add(new Bin(edgeBins.bins().get(bin), means[bin], relative));
      }
      return new SaliencyProfile(bins, mean);
    }

    /**
     * The edge index of a map: the mean edge rank u, each pixel weighted by its |value|. ½ for a
     * uniform map, below ½ nearer the edge; empty for an all-zero map.
     */
    public static OptionalDouble edgeIndex(SaliencyMap map) {
      EdgeRank rank = new EdgeRank(map.canvas());
      double sum = 0;
      double weight = 0;
      for (int i = 0; i < map.canvas().pixels(); i++) {
        double strength = Math.abs(map.at(i));
        sum += strength * rank.of(i);
        weight += strength;
      }
      return weight == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weight);
    }
  }

  /**
   * Test of whether the mass of a map lies nearer the border, or the centre, than that of the same
   * map under random toroidal shifts. For sparse maps, such as those of black pixels, it has more
   * power than a rank correlation.
   *
   * @param index the edge index of |value|: ½ for a uniform map, below ½ nearer the edge
   * @param p two-sided p-value against the shifted maps
   */
  public record MapEdgeIndex(double index, double p) {
    public MapEdgeIndex {
      if (!(index >= 0 && index <= 1 && p > 0 && p <= 1)) {
        throw new IllegalArgumentException("no edge index of " + index + " with a p of " + p);
      }
    }

    /**
     * The edge index of a map.
     *
     * @param shifts number of random shifts, at least 19
     * @return empty for an all-zero map
     */
    public static Optional<MapEdgeIndex> of(SaliencyMap map, int shifts, RandomGenerator random) {
      Inputs.atLeast(19, "shifts", shifts);
      OptionalDouble index = SaliencyProfile.edgeIndex(map);
      if (index.isEmpty()) {
        return Optional.empty();
      }
      Canvas canvas = map.canvas();
      EdgeRank rank = new EdgeRank(canvas);
      double[] u = IntStream.range(0, canvas.pixels()).mapToDouble(rank::of).toArray();
      double[] strength = MethodAgreement.absolute(map);
      double weight = DoubleStream.of(strength).reduce(0, Double::sum);
      double[] drawn = new double[shifts];
      for (int s = 0; s < shifts; s++) {
        double[] elsewhere = RadialProfile.shifted(canvas, u, random);
        for (int i = 0; i < strength.length; i++) {
          drawn[s] += strength[i] * elsewhere[i];
        }
        drawn[s] /= weight;
      }
      return Optional.of(
          new MapEdgeIndex(index.getAsDouble(), NullDistribution.p(drawn, index.getAsDouble())));
    }
  }
}
