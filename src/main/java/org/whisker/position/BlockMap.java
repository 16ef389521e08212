package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Correlation.LinearAgreement;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;

/**
 * The measurements of a {@link BlockProbe}. Positions at which a block changes nothing have Δlogit
 * 0 and are excluded from all means, shares and correlations.
 */
public final class BlockMap {
  private static final int DRAWS = 999;

  private final BlockProbe probe;
  private final double baseline;
  private final double[] delta;
  private final int[] changed;
  private final double rounding;

  /**
   * The positions at about the same distance from the border.
   *
   * @param places number of positions at which a block changes something
   * @param mean mean Δlogit over them; empty if there are none
   * @param helping the share of them with Δlogit below 0 by more than rounding; empty when there
   *     are none
   */
  public record Ring(
      EdgeBin where,
      int places,
      OptionalDouble mean,
      OptionalDouble helping,
      OptionalDouble lowerQuartile,
      OptionalDouble upperQuartile) {}

  /**
   * A measured map.
   *
   * @param baseline the picture's own logit
   * @param delta Δlogit by position, all finite
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
    this.rounding = Ties.rounding(baseline, delta);
    this.changed = IntStream.range(0, delta.length).filter(probe::changes).toArray();
    if (changed.length == 0) {
      throw new IllegalArgumentException("no block changes the picture: there is nothing to map");
    }
  }

  public BlockProbe probe() {
    return probe;
  }

  /** The canvas of positions. */
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

  /** Δlogit by position; a copy. */
  public double[] values() {
    return delta.clone();
  }

  /** The positions at which a block changes something. */
  public int[] changed() {
    return changed.clone();
  }

  /** {@code values} at the changed positions only. */
  public double[] ofChanged(double[] values) {
    return IntStream.of(changed).mapToDouble(place -> values[place]).toArray();
  }

  /** The share of the changed positions with Δlogit below 0, towards cat, by more than rounding. */
  public double helping() {
    return IntStream.of(changed).filter(place -> delta[place] < -rounding).count()
        / (double) changed.length;
  }

  /** The mean Δlogit over the changed positions. */
  public double mean() {
    return IntStream.of(changed).mapToDouble(place -> delta[place]).average().orElseThrow();
  }

  /** Means of the map in rings, from the border inwards. */
  public List<Ring> rings(int parts) {
    return rings(delta, parts);
  }

  /** Means in rings of other values by position, such as predicted ones. */
  public List<Ring> rings(double[] values, int parts) {
    EdgeBins bins = new EdgeBins(canvas(), parts);
    int[] count = new int[bins.bins().size()];
    double[] sum = new double[count.length];
    int[] below = new int[count.length];
    List<List<Double>> all = new ArrayList<>();
    bins.bins().forEach(bin -> all.add(new ArrayList<>()));
    for (int place : changed) {
      int bin = bins.binOf(place);
      count[bin]++;
      sum[bin] += values[place];
      all.get(bin).add(values[place]);
      below[bin] += values[place] < -rounding ? 1 : 0;
    }
    List<Ring> rings = new ArrayList<>();
    for (int bin = 0; bin < count.length; bin++) {
      rings.add(
          new Ring(
              bins.bins().get(bin),
              count[bin],
              share(sum[bin], count[bin]),
              share(below[bin], count[bin]),
              quantile(all.get(bin), 0.25),
              quantile(all.get(bin), 0.75)));
    }
    return rings;
  }

  /** Linear between the two nearest values, as R's type 7. */
  private static OptionalDouble quantile(List<Double> values, double level) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return OptionalDouble.of(sorted[below] + (at - below) * (sorted[above] - sorted[below]));
  }

  private static OptionalDouble share(double sum, int count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /**
   * The agreement of a prediction with the measurements.
   *
   * @param predicted Δlogit by position
   * @return empty if either is constant, or fewer than three positions change anything
   */
  public Optional<LinearAgreement> agreement(double[] predicted) {
    return LinearAgreement.of(ofChanged(predicted), ofChanged(delta));
  }

  /**
   * Spearman's rho of the edge rank of a position and Δlogit, two-sided against toroidal shifts;
   * above 0, changes in the centre are further from cat. Empty if some positions change nothing
   * (they have no value to shift), there is only one ring, or Δlogit is constant up to what {@link
   * ProbeMap#resolution()} tells apart.
   */
  public Optional<TestResult> byEdgeRank(RandomGenerator random) {
    EdgeRank rank = new EdgeRank(canvas());
    double[] resolved = Ties.at(ProbeMap.resolution(baseline, delta), delta);
    boolean constant = Arrays.stream(resolved).allMatch(value -> value == resolved[0]);
    if (changed.length < delta.length || rank.rings() == 1 || constant) {
      return Optional.empty();
    }
    double[] u = IntStream.range(0, delta.length).mapToDouble(rank::of).toArray();
    return Optional.of(
        MapCorrelation.spearman(canvas(), u, resolved, Alternative.TWO_SIDED, DRAWS, random));
  }
}
