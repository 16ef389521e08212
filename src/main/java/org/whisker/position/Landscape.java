package org.whisker.position;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.stats.Alternative;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.TestResult;

/**
 * Whether what one black pixel does alone already predicts where evolved pixels go (hypothesis
 * {@code landscape}): the rank correlation of their smoothed density with −Δlogit.
 */
public final class Landscape {
  private static final int DRAWS = 999;

  private Landscape() {}

  /**
   * Spearman's rho, two-sided against toroidal shifts of one map against the other. Above 0:
   * evolved pixels lie where one pixel pushes towards cat.
   *
   * @return empty when one of the maps is constant, or no run has a black pixel
   * @throws IllegalArgumentException if the two are on different canvases
   */
  public static Optional<TestResult> correlation(
      PositionHeatmap evolved, ProbeMap probe, RandomGenerator random) {
    PixelMap delta = probe.delta();
    if (!evolved.frequency().canvas().equals(delta.canvas())) {
      throw new IllegalArgumentException(
          "the runs are on a "
              + evolved.frequency().canvas()
              + " canvas, the probe map on "
              + delta.canvas());
    }
    double[] towardsCat = Arrays.stream(delta.values()).map(value -> -value).toArray();
    return evolved
        .density()
        .filter(density -> !density.isConstant() && !delta.isConstant())
        .map(
            density ->
                MapCorrelation.spearman(
                    delta.canvas(),
                    density.values(),
                    towardsCat,
                    Alternative.TWO_SIDED,
                    DRAWS,
                    random));
  }
}
