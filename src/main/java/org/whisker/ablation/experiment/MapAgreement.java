package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.image.BlackPixels;
import org.whisker.stats.Alternative;
import org.whisker.stats.PatternCorrelation;

/** Test of whether evolved pixels lie where a map is high. */
final class MapAgreement {
  /**
   * Equivalence margin of the correlation, fixed beforehand. The rank-biserial correlation with the
   * edge rank is 2 E − 1, so it corresponds to ±0.05 in E.
   */
  static final double MARGIN = 0.1;

  private static final int SHIFTS = 9_999;

  private MapAgreement() {}

  /**
   * The rank-biserial correlation of black pixels with the map's values, averaged over runs; p from
   * toroidal shifts of each pattern.
   *
   * @param images each with black and white pixels
   * @param map row-major, not constant
   */
  static Observation.Uncorrected of(
      String name,
      Prediction predicted,
      List<BlackPixels> images,
      double[] map,
      int dropped,
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
        Observation.Uncorrected.mean(
            name,
            "patterns shifted elsewhere",
            "rank correlation",
            predicted,
            each,
            MARGIN,
            dropped,
            input.random(name));
    return images.size() < 2
        ? mean
        : mean.withP(
            PatternCorrelation.of(
                    images, map, Alternative.TWO_SIDED, SHIFTS, input.random(name + " shifts"))
                .p());
  }
}
