package org.whisker.study.ablate;

import java.util.Optional;
import org.whisker.ablation.Controls;
import org.whisker.study.DeviceConfig;
import org.whisker.study.InvalidRequestException;

/**
 * What controls are asked for, and which planted classifiers.
 *
 * @param model of the permuted control, a name or a path; without, that control is not run
 * @param runs of each other control, at least 2
 * @param generations of each of these runs
 * @param permutedRuns of the permuted control, at least 2
 * @param permutedGenerations of each of these runs
 * @param seed of the first run of each control; the next has the next
 * @param matrix of planted classifiers and hypotheses
 * @param on what the model runs on
 */
public record SelfcheckConfig(
    Optional<String> model,
    int runs,
    int generations,
    int permutedRuns,
    int permutedGenerations,
    long seed,
    MatrixConfig matrix,
    DeviceConfig on) {
  /** The defaults of the planted and flat controls. */
  public static final int RUNS = 20;

  public static final int GENERATIONS = 150;

  /** The defaults of the permuted control, whose E varies more. */
  public static final int PERMUTED_RUNS = 160;

  public static final int PERMUTED_GENERATIONS = 30;

  public SelfcheckConfig {
    controls(runs, generations, seed);
    controls(permutedRuns, permutedGenerations, seed);
  }

  /** The controls that need no model, with seed 1. */
  public static SelfcheckConfig standard() {
    return new SelfcheckConfig(
        Optional.empty(),
        RUNS,
        GENERATIONS,
        PERMUTED_RUNS,
        PERMUTED_GENERATIONS,
        1,
        MatrixConfig.standard(),
        DeviceConfig.standard());
  }

  /** The planted and flat controls. */
  Controls.Options planted() {
    return controls(runs, generations, seed);
  }

  /** The permuted control. */
  Controls.Options permuted() {
    return controls(permutedRuns, permutedGenerations, seed);
  }

  private static Controls.Options controls(int runs, int generations, long seed) {
    return InvalidRequestException.check(() -> Controls.Options.quick(runs, generations, seed));
  }
}
