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
import org.whisker.stats.Alternative;
import org.whisker.stats.Interval;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.NullDistribution;
import org.whisker.stats.TestResult;

/**
 * A saliency map's profile from the border inwards, against the same map elsewhere: rolled over its
 * borders by a random shift (a toroidal shift; Lotwick and Silverman, 1982), it keeps how its
 * values vary from pixel to pixel and forgets where they lie.
 *
 * <p>The bands hold bin by bin: of ten bins, one outside in every other profile is chance. {@link
 * #byEdgeRank} is the one test of the whole.
 *
 * @param profile of |value|
 * @param bands one for each of its bins
 * @param byEdgeRank Spearman's rho of the edge rank u and |value|, two-sided against shifts: below
 *     0, the map is stronger near the border. Empty when |value| is the same everywhere, or the
 *     canvas has a single ring.
 * @param shifts how many were drawn for the bands
 */
public record RadialProfile(
    SaliencyProfile profile, List<Band> bands, Optional<TestResult> byEdgeRank, int shifts) {

  /**
   * What a bin would be if place did not matter.
   *
   * @param interval holds the mean of |value| in 95 % of the shifted maps (with fewer than 79
   *     shifts, in all that were drawn)
   * @param p two-sided, of the observed mean among the shifted
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
   * @param parts into how many bins to cut the edge rank, at least 1
   * @param shifts how many to draw, at least 19; 999 gives a steady band
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
    if (rank.rings() == 1 || MethodAgreement.isConstant(strength)) {
      return Optional.empty();
    }
    double[] u = IntStream.range(0, canvas.pixels()).mapToDouble(rank::of).toArray();
    return Optional.of(
        MapCorrelation.spearman(canvas, u, strength, Alternative.TWO_SIDED, shifts, random));
  }
}
