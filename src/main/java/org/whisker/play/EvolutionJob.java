package org.whisker.play;

import java.util.Locale;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LockStep;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.Individual;
import org.whisker.evolution.RunResult;

/** Evolves an image, as {@code whisker evolve --precision float32} does from the same seed. */
record EvolutionJob(JobRequest.OfEvolution request, Classifier classifier, JobControl control) {
  private static final int BATCH = 100;

  /** Returns how it ended. */
  String run() {
    EvolutionOptions options = request.options();
    Classifier filled = new LockStep(classifier).occasional(); // results are rounded so
    RunResult result =
        Evolution.of(options, filled, BATCH)
            .run(
                request.seed(),
                (stats, best) -> {
                  tell(stats, best);
                  return !control.stopped().getAsBoolean();
                });
    return result.ending().name().toLowerCase(Locale.ROOT);
  }

  private void tell(GenerationStats stats, Individual best) {
    control
        .listener()
        .accept(
            new JobEvent.Generation(
                control.job(),
                stats.generation(),
                request.generations(),
                best.catProbability(),
                stats.edgeIndex(),
                stats.evaluations(),
                best.genome().indices()));
  }
}
