package org.whisker.feature.ablate;

import java.util.Optional;
import org.whisker.ablation.Controls;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What controls are asked for, and which planted classifiers.
 *
 * @param model the model of the permuted control, a name or a path; without, that control is not
 *     run
 * @param runs the number of runs of each other control, at least 2
 * @param generations the number of generations of each of these runs
 * @param permutedRuns the number of runs of the permuted control, at least 2
 * @param permutedGenerations the number of generations of each of these runs
 * @param seed the seed of the first run of each control; the next has the next
 * @param matrix the matrix of planted classifiers and hypotheses
 * @param on what the model runs on
 */
public record SelfcheckConfig(
    @Option(
            names = "--model",
            candidates = Option.MODELS,
            label = "NAME",
            help =
                "Also run the permuted control with this classifier: a name in models/, or a path.")
        Optional<String> model,
    @Option(names = "--runs", label = "N", defaultValue = "20", min = 1, help = SharedOptions.RUNS)
        int runs,
    @Option(
            names = "--generations",
            label = "N",
            defaultValue = "150",
            min = 1,
            help = SharedOptions.GENERATIONS)
        int generations,
    @Option(
            names = "--permuted-runs",
            label = "N",
            defaultValue = "160",
            help = {
              "Runs of the permuted control. Its images have only one to four black pixels,"
                  + " so E varies widely. Default: 160."
            })
        int permutedRuns,
    @Option(
            names = "--permuted-generations",
            label = "N",
            defaultValue = "30",
            help = "Generations of each of these runs. Default: 30.")
        int permutedGenerations,
    @Seed long seed,
    MatrixConfig matrix,
    DeviceConfig on) {
  public SelfcheckConfig {
    Options.check(
        SelfcheckConfig.class,
        model,
        runs,
        generations,
        permutedRuns,
        permutedGenerations,
        seed,
        matrix,
        on);
    controls(runs, generations, seed);
    controls(permutedRuns, permutedGenerations, seed);
  }

  /** The controls that need no model, with seed 1. */
  public static SelfcheckConfig standard() {
    return Options.of(SelfcheckConfig.class).defaults();
  }

  /**
   * Settles the matrix: without planted classifiers there is none, whatever else was asked of it.
   */
  public SelfcheckConfig withMatrixOfPlants() {
    MatrixConfig settled = matrix.plants().isEmpty() ? MatrixConfig.none() : matrix;
    return new SelfcheckConfig(
        model, runs, generations, permutedRuns, permutedGenerations, seed, settled, on);
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
