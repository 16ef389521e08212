package org.whisker.feature.evolve;

import org.jspecify.annotations.Nullable;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LambdaSchedule;
import org.whisker.evolution.Objective;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.TargetClass;
import picocli.CommandLine.Option;

/** What is searched for and when to stop. What is not given stays as the preset has it. */
final class FitnessOptions {
  @Option(
      names = "--target-class",
      paramLabel = "CLASS",
      description = "cat or not-cat: the class that images evolve towards. Default: cat.")
  private @Nullable String targetClass;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description =
          "Penalty per black pixel, in units of the cross-entropy: a number, or"
              + " linear:FIRST,LAST,GENERATIONS, or geometric:FIRST,LAST,GENERATIONS.")
  private @Nullable String lambda;

  @Option(
      names = "--fitness-scale",
      paramLabel = "S",
      description = "Fitness is offset - S * (cross-entropy + L * pixels). Default: 1.")
  private @Nullable Double scale;

  @Option(
      names = "--fitness-offset",
      paramLabel = "O",
      description = "The offset of the fitness. Default: 0.")
  private @Nullable Double offset;

  @Option(
      names = "--target",
      paramLabel = "P",
      description = "Stop a run at this p(target class); 0 turns this off.")
  private @Nullable Double target;

  @Option(
      names = "--stagnation",
      paramLabel = "N",
      description = "Stop a run after N generations without a fitter image.")
  private @Nullable Integer stagnation;

  @Option(
      names = "--max-evaluations",
      paramLabel = "N",
      description = "Stop a run after the generation in which N images have been scored.")
  private @Nullable Long evaluations;

  /**
   * The preset's options with these.
   *
   * @throws IllegalArgumentException for a value that can't be
   */
  EvolutionOptions of(EvolutionOptions base) {
    return base.withObjective(objective(base.objective())).withStop(stop(base.stop()));
  }

  private Objective objective(Objective base) {
    return new Objective(
        targetClass == null ? base.target() : TargetClass.parse(targetClass),
        lambda == null ? base.price() : LambdaSchedule.parse(lambda),
        scale == null ? base.scale() : scale,
        offset == null ? base.offset() : offset);
  }

  private StopRules stop(StopRules base) {
    StopRules s = base;
    if (target != null) {
      s = target == 0 ? s.withoutTarget() : s.withTarget(target);
    }
    s = stagnation == null ? s : s.withStagnation(stagnation);
    return evaluations == null ? s : s.withEvaluations(evaluations);
  }
}
