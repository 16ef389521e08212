package org.whisker.hypothesis;

import java.util.List;
import java.util.stream.DoubleStream;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.image.BlackPixels;
import org.whisker.stats.PatternCorrelation;
import org.whisker.stats.RingRotation;
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

  private MapAgreement() {}

  /** Whether a map is constant up to rounding, so that no correlation is defined. */
  static boolean isConstant(double[] map) {
    double most = DoubleStream.of(map).max().orElse(0);
    double least = DoubleStream.of(map).min().orElse(0);
    return most - least <= ROUNDING * Math.max(Math.abs(most), Math.abs(least));
  }

  /**
   * The rank-biserial correlation of black pixels with the map's values over the whole canvas,
   * averaged over runs; p from toroidal shifts of each pattern. If the map follows the border, it
   * restates E, so it is descriptive.
   *
   * @param images each with black and white pixels
   * @param map row-major, not constant
   */
  static Observation.Uncorrected overall(
      String name, List<BlackPixels> images, double[] map, Observer.Input input) {
    double[] each =
        images.stream()
            .mapToDouble(
                image ->
                    PatternCorrelation.of(
                            List.of(image), map, Alternative.TWO_SIDED, 1, input.random("one"))
                        .statistic())
            .toArray();
    Observation.Uncorrected mean =
        mean(name, "patterns shifted elsewhere", Prediction.NOTHING, each, input);
    return images.size() < 2
        ? mean
        : mean.withP(
            PatternCorrelation.of(
                    images, map, Alternative.TWO_SIDED, DRAWS, input.random(name + " shifts"))
                .p());
  }

  /**
   * The correlation among pixels at equal distance from the border, averaged over runs; p from
   * rotations of each pattern along the rings ({@link RingRotation}).
   *
   * @param images each with a black pixel
   * @param rings of a map that is not constant within all of them
   */
  static Observation.Uncorrected withinRings(
      String name,
      Prediction predicted,
      List<BlackPixels> images,
      RingRotation rings,
      Observer.Input input) {
    double[] each = images.stream().mapToDouble(rings::statistic).toArray();
    Observation.Uncorrected mean =
        mean(name, "patterns rotated along the border", predicted, each, input);
    return images.size() < 2
        ? mean
        : mean.withP(
            rings
                .test(images, Alternative.TWO_SIDED, DRAWS, input.random(name + " rotations"))
                .p());
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
