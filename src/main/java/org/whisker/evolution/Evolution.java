package org.whisker.evolution;

import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;

/** A factory of {@linkplain EvolutionRun runs} with the same options and classifier. Immutable. */
public final class Evolution {
  private final EvolutionOptions options;
  private final Canvas canvas;
  private final LogitSource source;

  /**
   * @param canvas size of the images that the source scores
   */
  public Evolution(EvolutionOptions options, Canvas canvas, LogitSource source) {
    this.options = options;
    this.canvas = canvas;
    this.source = source;
  }

  /** A search against this classifier, which scores at most {@code batchSize} images a call. */
  public static Evolution of(EvolutionOptions options, Classifier classifier, int batchSize) {
    LogitSource source = LogitSource.of(classifier, batchSize, options.tones());
    return new Evolution(options, classifier.canvas(), source);
  }

  /**
   * Starts a run and scores its founders.
   *
   * @throws IllegalArgumentException if a logit is not finite
   */
  public EvolutionRun begin(long seed) {
    return new EvolutionRun(options, canvas, source, seed);
  }

  /**
   * Resumes a run.
   *
   * @param cache the scores known at that point; owned by the run from now on
   */
  public EvolutionRun resume(RunState from, ScoreCache cache) {
    return new EvolutionRun(options, canvas, source, from, cache);
  }

  /**
   * Performs a whole run, from the founders until a stop rule holds.
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
