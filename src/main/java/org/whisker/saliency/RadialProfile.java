package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.NullDistribution;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;

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
      Objects.requireNonNull(interval, "interval");
      if (!(p > 0 && p <= 1)) {
        throw new IllegalArgumentException("p must be above 0 and at most 1, was " + p);
      }
    }
  }

  public RadialProfile {
    Objects.requireNonNull(profile, "profile");
    bands = List.copyOf(bands);
    Objects.requireNonNull(byEdgeRank, "byEdgeRank");
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
    double[] observed = edgeBins.means(i -> Math.abs(map.at(i)));
    double[][] shifted = new double[observed.length][shifts];
    for (int s = 0; s < shifts; s++) {
      double[] means = shiftedMeans(map, edgeBins, random);
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

  private static double[] shiftedMeans(SaliencyMap map, EdgeBins bins, RandomGenerator random) {
    Canvas canvas = map.canvas();
    int dx = random.nextInt(canvas.width());
    int dy = random.nextInt(canvas.height());
    return bins.means(
        i -> {
          int x = (canvas.x(i) + dx) % canvas.width();
          int y = (canvas.y(i) + dy) % canvas.height();
          return Math.abs(map.at(x, y));
        });
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
}
