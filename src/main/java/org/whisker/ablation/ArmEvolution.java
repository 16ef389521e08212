package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Ending;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.RunResult;

/** One run of an arm, from its seed to its outcome. */
final class ArmEvolution {
  private final AblationArm arm;
  private final EvolutionOptions options;
  private final ArmSource source;
  private final double target;

  ArmEvolution(AblationArm arm, AblationSetting setting, ArmSource source, double target) {
    this.arm = arm;
    this.options = arm.change().apply(setting.base());
    this.source = source;
    this.target = target;
  }

  /**
   * Runs it.
   *
   * @param progress told after each generation how many images were scored
   * @throws CancellationException when stopped
   */
  ArmRun run(long seed, LongConsumer progress, BooleanSupplier stopped) {
    try {
      LogitSource scores = source.scores(seed, options.tones());
      EvolutionRun run = new Evolution(options, source.canvas(), scores).begin(seed);
      OptionalLong toTarget = OptionalLong.empty();
      List<ArmRun.Step> climb = new ArrayList<>();
      while (true) {
        GenerationStats stats = run.stats();
        progress.accept(stats.evaluations());
        climb(climb, stats);
        if (toTarget.isEmpty() && reached(run, stats, scores)) {
          toTarget = OptionalLong.of(stats.evaluations());
        }
        Optional<Ending> ending = run.ending();
        if (ending.isPresent()) {
          return outcome(run.result(ending.get()), stats, scores, toTarget, climb);
        }
        if (stopped.getAsBoolean()) {
          throw new CancellationException("stopped in a run of arm " + arm.name());
        }
        run.advance();
      }
    } catch (CancellationException e) {
      throw e; // stopped, not failed
    } catch (IllegalArgumentException | IllegalStateException e) {
      return ArmRun.failed(seed, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** Keeps what is nearer to a cat than all before. */
  private static void climb(List<ArmRun.Step> climb, GenerationStats stats) {
    if (climb.isEmpty() || stats.bestLogit() < climb.get(climb.size() - 1).logit()) {
      climb.add(new ArmRun.Step(stats.evaluations(), stats.bestLogit()));
    }
  }

  /** By the exact score as well, where the search goes by another. */
  private boolean reached(EvolutionRun run, GenerationStats stats, LogitSource scores) {
    if (!source.asksNetwork() || stats.bestCatProbability() < target) {
      return false;
    }
    LogitSource exact = scores.exact();
    return exact == scores
        || Classifier.catProbability(exact.logits(List.of(run.population().best().genome()))[0])
            >= target;
  }

  private ArmRun outcome(
      RunResult result,
      GenerationStats last,
      LogitSource scores,
      OptionalLong toTarget,
      List<ArmRun.Step> climb) {
    boolean asked = source.asksNetwork();
    return new ArmRun(
        result.seed(),
        result.ending().name().toLowerCase(Locale.ROOT),
        "",
        Optional.of(
            new ArmRun.Outcome(
                result.best().genome(),
                InnerCanvas.edgeIndex(result.best().genome(), arm.margin()),
                asked ? OptionalDouble.of(result.best().logit()) : OptionalDouble.empty(),
                asked ? OptionalDouble.of(last.bestLogit()) : OptionalDouble.empty(),
                source.bare(scores),
                toTarget,
                result.evaluations(),
                result.generations(),
                asked ? climb : List.of())));
  }
}
