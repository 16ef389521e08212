package org.whisker.hypothesis;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.PatternCorrelation;
import org.whisker.stats.RingRotation;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.TestResult.Alternative;

/** Test of whether evolved pixels lie where a map is high. */
final class MapAgreement {
  /**
   * Equivalence margin of the correlation, fixed beforehand. The rank-biserial correlation with the
   * edge rank is 2 E − 1, so it corresponds to ±0.05 in E.
   */
  static final double MARGIN = 0.1;

  private static final int DRAWS = 9_999;
  private static final double ROUNDING = 1e-9;
  private static final double NEGLIGIBLE = 0.05;
  private static final double NEGLIGIBLE_DIFFERENCE = 1e-3;

  private MapAgreement() {}

  /** Whether a map is constant up to rounding, so that no correlation is defined. */
  static boolean isConstant(double[] map) {
    double most = DoubleStream.of(map).max().orElse(0);
    double least = DoubleStream.of(map).min().orElse(0);
    return most - least <= ROUNDING * Math.max(Math.abs(most), Math.abs(least));
  }

  /**
   * The rank-biserial correlation of black pixels with the map's values over the whole canvas,
   * averaged over runs; p from toroidal shifts of all patterns together, since runs share the
   * places of their network. If the map follows the border, it restates E.
   *
   * @param images each with black and white pixels
   * @param map row-major, not constant
   */
  static Observation.Uncorrected overall(
      String name,
      Prediction predicted,
      List<BlackPixels> images,
      double[] map,
      Observer.Input input) {
    double[] each =
        images.stream()
            .mapToDouble(
                image ->
                    PatternCorrelation.of(
                            List.of(image), map, Alternative.TWO_SIDED, 1, input.random("one"))
                        .statistic())
            .toArray();
    Observation.Uncorrected mean =
        mean(name, "all patterns shifted elsewhere", predicted, each, input);
    return images.size() < 2
        ? mean
        : mean.withP(
            PatternCorrelation.together(
                    images, map, Alternative.TWO_SIDED, DRAWS, input.random(name + " shifts"))
                .p());
  }

  /**
   * A map with the mean of each ring, the pixels at equal distance from the border, in its place:
   * what it predicts of edge and centre, and nothing else. It is constant where the rings hold less
   * than a twentieth of the map's variance: places in no order have as much.
   */
  static double[] ringMeans(Canvas canvas, double[] map) {
    int rings = (Math.min(canvas.width(), canvas.height()) + 1) / 2;
    double[] sums = new double[rings];
    int[] counts = new int[rings];
    for (int p = 0; p < map.length; p++) {
      sums[canvas.borderDistance(p)] += map[p];
      counts[canvas.borderDistance(p)]++;
    }
    double[] means =
        Ties.at(
            NEGLIGIBLE_DIFFERENCE * DoubleStream.of(map).map(Math::abs).max().orElse(0),
            IntStream.range(0, map.length)
                .map(canvas::borderDistance)
                .mapToDouble(ring -> sums[ring] / counts[ring])
                .toArray());
    return variance(means) < NEGLIGIBLE * variance(map) ? new double[map.length] : means;
  }

  private static double variance(double[] values) {
    return Summary.of(values).sd().orElse(0) * Summary.of(values).sd().orElse(0);
  }

  /**
   * The correlation among pixels at equal distance from the border, averaged over runs; p from
   * rotations of all patterns together along the rings ({@link RingRotation}). Positions alone are
   * no evidence of a cause, so it has no verdict.
   *
   * @param images each with a black pixel
   * @param rings the rings of a map that is not constant within all of them
   */
  static Observation.Uncorrected withinRings(
      String name, List<BlackPixels> images, RingRotation rings, Observer.Input input) {
    double[] each = images.stream().mapToDouble(rings::statistic).toArray();
    Observation.Uncorrected mean =
        mean(name, "all patterns rotated along the border", Prediction.NOTHING, each, input);
    return images.size() < 2 ? mean : mean.withP(rings.test(images, Alternative.TWO_SIDED).p());
  }

  private static Observation.Uncorrected mean(
      String name, String against, Prediction predicted, double[] each, Observer.Input input) {
    return Observation.Uncorrected.mean(
            name,
            against,
            "rank correlation",
            predicted,
            each,
            MARGIN,
            input.unmarked(),
            input.random(name))
        .ofDifferences(each, input.random(name + " interval"));
  }
}
