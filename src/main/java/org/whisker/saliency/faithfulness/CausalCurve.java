package org.whisker.saliency.faithfulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.TestResult.NullDistribution;
import org.whisker.value.Checks;

/**
 * The classifier's output as pixels are deleted or inserted in the order of a map, compared with
 * random orders of the same pixels.
 *
 * @param pixels number of pixels changed at each point, from 0 to all eligible ones
 * @param logit the logit against the target
 * @param cat p(target)
 */
public record CausalCurve(List<Integer> pixels, Series logit, Series cat) {

  /**
   * One quantity along the curve.
   *
   * @param values in the map's order
   * @param random the central 95 % of the random orders at each point
   * @param auc area under the curve over the share of pixels changed, by the trapezoidal rule
   * @param randomAuc the central 95 % of the areas of random orders
   * @param p one-sided p-value: how often a random order does at least as well
   * @param rolled the area compared with that of the map under toroidal shifts; empty without
   *     shifts
   * @param rolledMeans mean over the shifted maps at each point; empty without shifts
   */
  public record Series(
      List<Double> values,
      List<Interval> random,
      double auc,
      Interval randomAuc,
      double p,
      Optional<RolledNull> rolled,
      List<Double> rolledMeans) {
    public Series {
      rolledMeans = List.copyOf(rolledMeans);
      values = List.copyOf(values);
      random = List.copyOf(random);
      Checks.require(Double.isFinite(auc), "the area under a curve is %s", auc);
    }
  }

  public CausalCurve {
    pixels = List.copyOf(pixels);
    if (pixels.size() != logit.values().size() || pixels.size() != cat.values().size()) {
      throw new IllegalArgumentException(
          pixels.size() + " points with " + logit.values().size() + " values");
    }
  }

  /** The share of the pixels changed at a point, 0 to 1. */
  public double share(int point) {
    return (double) pixels.get(point) / pixels.get(pixels.size() - 1);
  }

  /**
   * Builds the curve from logits.
   *
   * @param pixels at each point, from 0 to all
   * @param orders logits at each point, first for the map's order, then for each random order
   * @param rolled logits for the orders of the shifted maps
   * @param catGoes true for deletion, where a good order lowers p(target) early; false for
   *     insertion, where it raises p(target) early
   */
  static CausalCurve of(int[] pixels, double[][] orders, double[][] rolled, boolean catGoes) {
    return new CausalCurve(
        Arrays.stream(pixels).boxed().toList(),
        series(pixels, orders, rolled, catGoes),
        series(pixels, cats(orders), cats(rolled), !catGoes));
  }

  private static double[][] cats(double[][] orders) {
    return Arrays.stream(orders)
        .map(order -> Arrays.stream(order).map(Classifier::catProbability).toArray())
        .toArray(double[][]::new);
  }

  private static Series series(
      int[] pixels, double[][] orders, double[][] rolled, boolean highIsGood) {
    double[][] random = Arrays.copyOfRange(orders, 1, orders.length);
    double[] areas = areas(pixels, random);
    double auc = area(pixels, orders[0]);
    List<Interval> bands = new ArrayList<>();
    for (int point = 0; point < pixels.length; point++) {
      int at = point;
      bands.add(
          NullDistribution.middle(Arrays.stream(random).mapToDouble(order -> order[at]).toArray()));
    }
    return new Series(
        Arrays.stream(orders[0]).boxed().toList(),
        bands,
        auc,
        NullDistribution.middle(areas),
        highIsGood ? NullDistribution.pAtLeast(areas, auc) : NullDistribution.pAtMost(areas, auc),
        RolledNull.of(auc, areas(pixels, rolled), highIsGood),
        rolled.length == 0 ? List.of() : means(rolled));
  }

  private static List<Double> means(double[][] orders) {
    return IntStream.range(0, orders[0].length)
        .mapToObj(at -> Arrays.stream(orders).mapToDouble(o -> o[at]).average().orElseThrow())
        .toList();
  }

  /** The area under each order's values. */
  static double[] areas(int[] pixels, double[][] orders) {
    return Arrays.stream(orders).mapToDouble(order -> area(pixels, order)).toArray();
  }

  private static double area(int[] pixels, double[] values) {
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += (values[i] + values[i - 1]) / 2 * (pixels[i] - pixels[i - 1]);
    }
    return sum / pixels[pixels.length - 1];
  }
}
