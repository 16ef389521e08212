package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.StopRules;
import org.whisker.image.Canvas;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Interval;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.Summary;

/**
 * Hypothesis {@code operators}: do crossover and mutation prefer places by themselves? Evolution
 * under a flat fitness (every image the same logit, pixels free), so that all that moves pixels is
 * the operators; then the edge index of each run's final image against ½.
 *
 * @param edgeIndices one a run that has a black pixel
 * @param mean of them
 * @param interval of the mean, over runs
 * @param p two-sided, sign flips against ½
 * @param equivalence to ½ within the margin
 * @param generations bred in each run
 * @param runs how many ran, the white ones included
 */
public record OperatorDrift(
    List<Double> edgeIndices,
    double mean,
    Interval interval,
    double p,
    Equivalence equivalence,
    int generations,
    int runs) {
  private static final double NO_BIAS = 0.5;
  private static final int DRAWS = 9_999;

  public OperatorDrift {
    edgeIndices = List.copyOf(edgeIndices);
  }

  /**
   * Runs the control.
   *
   * @param options the operators; its objective and its target are set aside
   * @param runs how many, with seeds from {@code seed} on
   * @param margin how far from ½ still counts as no bias
   * @throws CancellationException when stopped: too few runs, or one cut short, measure nothing
   */
  public static OperatorDrift of(
      EvolutionOptions options,
      Canvas canvas,
      int generations,
      int runs,
      long seed,
      double margin,
      RandomGenerator random,
      BooleanSupplier stopped) {
    Evolution evolution =
        new Evolution(
            options.withLambda(0).withStop(StopRules.after(generations)),
            canvas,
            LogitSource.flat(0));
    List<Double> found = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      OptionalDouble index =
          evolution.run(seed + run, (stats, best) -> !stopped.getAsBoolean()).edgeIndex();
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped in the operators' run " + (run + 1));
      }
      index.ifPresent(found::add);
    }
    double[] indices = found.stream().mapToDouble(Double::doubleValue).toArray();
    return new OperatorDrift(
        found,
        Summary.of(indices).mean(),
        Bootstrap.standard().mean(indices, random),
        SignFlipTest.of(indices, NO_BIAS, Alternative.TWO_SIDED, DRAWS, random).p(),
        Equivalence.oneSample(indices, NO_BIAS, margin),
        generations,
        runs);
  }
}
