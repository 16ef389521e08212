package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBin;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Alternative;
import org.whisker.stats.LinearAgreement;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.TestResult;

/**
 * What a {@link BlockProbe} measured. Places at which a block changes nothing have Δlogit 0 and
 * count nowhere: not in means, shares or correlations.
 */
public final class BlockMap {
  private static final int DRAWS = 999;

  private final BlockProbe probe;
  private final double baseline;
  private final double[] delta;
  private final int[] changed;

  /**
   * The part of the canvas of places at about one distance from the border.
   *
   * @param places how many at which a block changes something
   * @param mean Δlogit over them; empty when there are none
   * @param helping the share of them with Δlogit below 0; empty when there are none
   */
  public record Ring(EdgeBin where, int places, OptionalDouble mean, OptionalDouble helping) {}

  /**
   * A measured map.
   *
   * @param baseline the picture's own logit
   * @param delta Δlogit by place, all finite
   */
  public BlockMap(BlockProbe probe, double baseline, double[] delta) {
    if (delta.length != probe.places().pixels()) {
      throw new IllegalArgumentException(delta.length + " values for places " + probe.places());
    }
    for (int place = 0; place < delta.length; place++) {
      if (!Double.isFinite(delta[place])) {
        throw new IllegalArgumentException("Δlogit of place " + place + " is " + delta[place]);
      }
    }
    this.probe = probe;
    this.baseline = baseline;
    this.delta = delta.clone();
    this.changed = IntStream.range(0, delta.length).filter(probe::changes).toArray();
    if (changed.length == 0) {
      throw new IllegalArgumentException("no block changes the picture: there is nothing to map");
    }
  }

  public BlockProbe probe() {
    return probe;
  }

  /** The canvas of places. */
  public Canvas canvas() {
    return probe.places();
  }

  /** The picture's own logit of not-cat. */
  public double baseline() {
    return baseline;
  }

  public double at(int place) {
    return delta[place];
  }

  /** Δlogit by place; a copy. */
  public double[] values() {
    return delta.clone();
  }

  /** The places at which a block changes something. */
  public int[] changed() {
    return changed.clone();
  }

  /** {@code values} at those places alone. */
  public double[] ofChanged(double[] values) {
    return IntStream.of(changed).mapToDouble(place -> values[place]).toArray();
  }

  /** The share of the changing places with Δlogit below 0, towards cat. */
  public double helping() {
    return IntStream.of(changed).filter(place -> delta[place] < 0).count()
        / (double) changed.length;
  }

  /** The mean Δlogit of the changing places. */
  public double mean() {
    return IntStream.of(changed).mapToDouble(place -> delta[place]).average().orElseThrow();
  }

  /** From the border inwards. */
  public List<Ring> rings(int parts) {
    return rings(delta, parts);
  }

  /** The same of other values by place, such as those predicted. */
  public List<Ring> rings(double[] values, int parts) {
    EdgeBins bins = new EdgeBins(canvas(), parts);
    int[] count = new int[bins.bins().size()];
    double[] sum = new double[count.length];
    int[] below = new int[count.length];
    for (int place : changed) {
      int bin = bins.binOf(place);
      count[bin]++;
      sum[bin] += values[place];
      below[bin] += values[place] < 0 ? 1 : 0;
    }
    List<Ring> rings = new ArrayList<>();
    for (int bin = 0; bin < count.length; bin++) {
      rings.add(
          new Ring(
              bins.bins().get(bin),
              count[bin],
              share(sum[bin], count[bin]),
              share(below[bin], count[bin])));
    }
    return rings;
  }

  private static OptionalDouble share(double sum, int count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /**
   * How well a prediction agrees with what was measured.
   *
   * @param predicted Δlogit by place
   * @return empty when either is the same everywhere, or fewer than three places change anything
   */
  public Optional<LinearAgreement> agreement(double[] predicted) {
    return LinearAgreement.of(ofChanged(predicted), ofChanged(delta));
  }

  /**
   * Spearman's rho of the edge rank of a place and Δlogit, two-sided against toroidal shifts; above
   * 0, the centre is further from cat. Empty where some places change nothing (they have no value
   * to roll), when there is one ring, or Δlogit is the same everywhere.
   */
  public Optional<TestResult> byEdgeRank(RandomGenerator random) {
    EdgeRank rank = new EdgeRank(canvas());
    boolean constant = IntStream.of(changed).allMatch(place -> delta[place] == delta[changed[0]]);
    if (changed.length < delta.length || rank.rings() == 1 || constant) {
      return Optional.empty();
    }
    double[] u = IntStream.range(0, delta.length).mapToDouble(rank::of).toArray();
    return Optional.of(
        MapCorrelation.spearman(canvas(), u, delta, Alternative.TWO_SIDED, DRAWS, random));
  }
}
