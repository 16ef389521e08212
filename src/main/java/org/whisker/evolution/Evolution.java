package org.whisker.evolution;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.RunCheckpoint.RunState;
import org.whisker.image.Canvas;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Text;

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

  /** The reason for which a run ended. */
  public enum Ending {
    /** The fittest individual reached the required probability of the target class. */
    TARGET,
    /** The maximum number of generations was bred. */
    GENERATIONS,
    /** The fitness has not improved for the allowed number of generations. */
    STAGNATION,
    /** The budget of evaluations is spent. */
    EVALUATIONS,
    /** The search has nothing more to try. */
    EXHAUSTED,
    /** The time limit has passed; signalled by the caller, since a run reads no clock. */
    TIME,
    /** The listener asked to stop. */
    STOPPED
  }

  /** Receives every generation once it is scored, beginning with the founders. */
  @FunctionalInterface
  public interface GenerationListener {
    /**
     * Receives one generation.
     *
     * @param best the fittest individual of this generation
     * @return whether to continue; false ends the run with {@link Evolution.Ending#STOPPED} and
     *     keeps its result
     */
    boolean onGeneration(GenerationStats stats, Individual best);

    /** Ignores every generation and always continues. */
    static GenerationListener none() {
      return (stats, best) -> true;
    }
  }

  /**
   * A generation of a run, a row of {@value #FILE}: the numbers of its fittest individual, of its
   * population, and of the run so far. Holds no genome, so that the history of a run stays small.
   */
  public record GenerationStats(
      @Column(meaning = "0 for the founders") int generation,
      @Column(
              meaning =
                  "fitness of the fittest individual; p_target to edge_index describe the "
                      + "same individual")
          double bestFitness,
      double meanFitness,
      double worstFitness,
      @Column(value = "p_target", unit = "probability") double bestCatProbability,
      @Column(value = "logit", unit = "logit", meaning = "logit against the target")
          float bestLogit,
      @Column("black_pixels") int bestPixels,
      @Column(
              meaning =
                  "mean edge rank of its black pixels: 0 at the border, ½ expected by "
                      + "chance; empty when the image is white")
          OptionalDouble edgeIndex,
      @Column(meaning = "diversity of the population, 0 to 1") double diversity,
      @Column(meaning = "number of images scored so far") long evaluations,
      @Column(meaning = "number of images so far whose score was already in the cache")
          long cacheHits) {
    public static final String FILE = "generations.csv";
    public static final Table<GenerationStats> TABLE = Table.of(GenerationStats.class, FILE);

    /** The fittest individual in a few words, for a progress line. */
    public String inBrief() {
      String index = Text.number("%.3f", edgeIndex, "-");
      return Text.of("p(target) %.3f, %d pixels, E %s", bestCatProbability, bestPixels, index);
    }
  }

  /**
   * The result of a run.
   *
   * @param best the fittest individual, by the λ of the last generation
   * @param edgeIndex the edge index of the best; empty if it is all white
   * @param generations number of generations bred after the founders
   * @param evaluations genomes scored
   * @param cacheHits number of cache hits
   */
  public record RunResult(
      long seed,
      Ending ending,
      Individual best,
      OptionalDouble edgeIndex,
      int generations,
      long evaluations,
      long cacheHits) {

    public double catProbability() {
      return best.catProbability();
    }

    public int blackPixels() {
      return best.genome().count();
    }
  }
}
