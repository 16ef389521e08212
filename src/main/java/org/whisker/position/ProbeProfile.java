package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * A probe map from the border inwards (hypothesis {@code safe-harbour}).
 *
 * <p>A position helps when Δlogit is below 0 (towards the target) by more than {@link
 * ProbeMap#rounding()}. It is nearly neutral when |Δlogit| is below λ, the penalty per black pixel
 * in the fitness: since the loss never changes by more than the logit, such a pixel can neither
 * outweigh its penalty nor do more harm than its penalty does.
 *
 * @param bins from the border inwards
 * @param helping the share of all positions that help
 * @param nearNeutral the share of all positions with |Δlogit| below λ
 * @param lambda λ
 * @param byEdgeRank Spearman's rho of the edge rank u and Δlogit, two-sided against toroidal shifts
 *     of one map against the other: above 0, pixels in the centre are further from cat. Empty if
 *     Δlogit is constant up to rounding, or the canvas has a single ring.
 */
public record ProbeProfile(
    List<ProbeBin> bins,
    double helping,
    double nearNeutral,
    double lambda,
    Optional<TestResult> byEdgeRank) {
  private static final int DRAWS = 999;

  /** One bin of the profile, a row of {@value #FILE}. */
  public record ProbeBin(
      @Column(meaning = "range of the bin") RingRange where,
      @Column(
              unit = "logit",
              meaning =
                  "mean change of the logit against the target; below 0 is towards the target")
          double meanDeltaLogit,
      @Column(
              unit = "share",
              meaning = "share of the places where the change is towards the target")
          double shareHelping,
      @Column(unit = "share", meaning = "share of the places where the absolute change is below λ")
          double shareNearNeutral) {
    public static final String FILE = "probe_profile.csv";
    public static final Table<ProbeBin> TABLE = Table.of(ProbeBin.class, FILE);

    public ProbeBin {
      Checks.require(
          Double.isFinite(meanDeltaLogit), "mean Δlogit is finite, was %s", meanDeltaLogit);
      checkShare(shareHelping);
      checkShare(shareNearNeutral);
    }
  }

  public ProbeProfile {
    bins = List.copyOf(bins);
    checkShare(helping);
    checkShare(nearNeutral);
  }

  private static void checkShare(double share) {
    Checks.require(share >= 0 && share <= 1, "a share is from 0 to 1, was %s", share);
  }

  /**
   * The profile of a probe map.
   *
   * @param parts number of bins of u, at least 1
   * @param lambda at least 0
   * @param random draws shifts if there are too many to evaluate all
   */
  public static ProbeProfile of(ProbeMap map, int parts, double lambda, RandomGenerator random) {
    Checks.require(
        lambda >= 0 && Double.isFinite(lambda), "lambda must be at least 0, was %s", lambda);
    Canvas canvas = map.delta().canvas();
    double[] delta = map.delta().values();
    EdgeBins edgeBins = new EdgeBins(canvas, parts);
    double[] means = edgeBins.means(i -> delta[i]);
    double rounding = map.rounding();
    double[] helping = edgeBins.means(i -> delta[i] < -rounding ? 1 : 0);
    double[] neutral = edgeBins.means(i -> Math.abs(delta[i]) < lambda ? 1 : 0);
    List<ProbeBin> bins = new ArrayList<>();
    for (int bin = 0; bin < means.length; bin++) {
      RingRange where = RingRange.of(edgeBins.bins().get(bin));
      bins.add(new ProbeBin(where, means[bin], helping[bin], neutral[bin]));
    }
    return new ProbeProfile(
        bins,
        overall(edgeBins, helping),
        overall(edgeBins, neutral),
        lambda,
        byEdgeRank(map, random));
  }

  /** The mean over all pixels of shares by bin. */
  private static double overall(EdgeBins bins, double[] shares) {
    double sum = 0;
    long pixels = 0;
    for (int bin = 0; bin < shares.length; bin++) {
      sum += shares[bin] * bins.bins().get(bin).pixels();
      pixels += bins.bins().get(bin).pixels();
    }
    return Math.min(1, sum / pixels);
  }

  private static Optional<TestResult> byEdgeRank(ProbeMap map, RandomGenerator random) {
    Canvas canvas = map.delta().canvas();
    EdgeRank rank = new EdgeRank(canvas);
    if (rank.rings() == 1 || map.isConstant()) {
      return Optional.empty();
    }
    double[] u = IntStream.range(0, canvas.pixels()).mapToDouble(rank::of).toArray();
    return Optional.of(
        MapCorrelation.spearman(canvas, u, map.resolved(), Alternative.TWO_SIDED, DRAWS, random));
  }
}
