package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.stats.Alternative;
import org.whisker.stats.PatternCorrelation;
import org.whisker.stats.TestResult;

/**
 * Whether what one black pixel does alone already predicts where evolved pixels go (hypothesis
 * {@code landscape}): the rank correlation of being black in a run and −Δlogit.
 */
public final class Landscape {
  private static final int SHIFTS = 9_999;

  private Landscape() {}

  /**
   * The mean over runs of their {@linkplain PatternCorrelation rank-biserial correlation},
   * two-sided against toroidal shifts of each run's pattern. Above 0: evolved pixels lie where one
   * pixel pushes towards cat; 1: on the very best.
   *
   * @param runs the final image of each; white ones (and black ones) say nothing and are left out
   * @return empty when Δlogit is the same everywhere, or no run has a black pixel
   * @throws IllegalArgumentException if runs and map are on different canvases
   */
  public static Optional<TestResult> correlation(
      List<BlackPixels> runs, ProbeMap probe, RandomGenerator random) {
    Canvas canvas = probe.delta().canvas();
    if (!Runs.canvas(runs).equals(canvas)) {
      throw new IllegalArgumentException(
          "the runs are on a " + Runs.canvas(runs) + " canvas, the probe map on " + canvas);
    }
    List<BlackPixels> marked =
        Runs.marked(runs).stream().filter(run -> run.count() < canvas.pixels()).toList();
    if (marked.isEmpty() || probe.delta().isConstant()) {
      return Optional.empty();
    }
    double[] towardsCat = Arrays.stream(probe.delta().values()).map(value -> -value).toArray();
    return Optional.of(
        PatternCorrelation.of(marked, towardsCat, Alternative.TWO_SIDED, SHIFTS, random));
  }
}
