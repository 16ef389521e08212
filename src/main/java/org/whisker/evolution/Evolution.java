package org.whisker.evolution;

import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;

/** Searches for black-pixel cats: makes {@linkplain EvolutionRun runs}. Immutable. */
public final class Evolution {
  private final EvolutionOptions options;
  private final Canvas canvas;
  private final LogitSource source;

  /**
   * @param canvas the size of the pictures the source scores
   */
  public Evolution(EvolutionOptions options, Canvas canvas, LogitSource source) {
    this.options = options;
    this.canvas = canvas;
    this.source = source;
  }

  /** Evolves images for the classifier, which scores at most {@code batchSize} of them a call. */
  public static Evolution of(EvolutionOptions options, Classifier classifier, int batchSize) {
    LogitSource source = LogitSource.of(classifier, batchSize, options.tones());
    return new Evolution(options, classifier.canvas(), source);
  }

  /**
   * A run with its founders scored.
   *
   * @throws IllegalArgumentException if a logit is not finite
   */
  public EvolutionRun begin(long seed) {
    return new EvolutionRun(options, canvas, source, seed);
  }

  /**
   * A run gone on with.
   *
   * @param cache what was known then; it becomes the run's own
   */
  public EvolutionRun resume(RunState from, ScoreCache cache) {
    return new EvolutionRun(options, canvas, source, from, cache);
  }

  /**
   * A run from its founders to its end.
   *
   * @throws IllegalArgumentException if a logit is not finite
   */
  public RunResult run(long seed, GenerationListener listener) {
    EvolutionRun run = begin(seed);
    while (true) {
      boolean goOn = listener.onGeneration(run.stats(), run.population().best());
      Optional<Ending> ending = run.ending();
      if (ending.isPresent() || !goOn) {
        return run.result(ending.orElse(Ending.STOPPED));
      }
      run.advance();
    }
  }
}
