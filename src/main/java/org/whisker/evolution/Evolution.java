package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

/**
 * A generational genetic algorithm over black-pixel images with elitism. A run is a function of the
 * options, the scores and the seed: it draws from one generator and looks at no clock. Immutable.
 */
public final class Evolution {
  private final EvolutionOptions options;
  private final LogitSource source;
  private final Breeder breeder;
  private final Region region;
  private final EdgeRank ranks;

  /**
   * @param canvas the size of the pictures the source scores
   */
  public Evolution(EvolutionOptions options, Canvas canvas, LogitSource source) {
    this.options = options;
    this.source = source;
    this.breeder = new Breeder(options);
    this.region = Region.everywhere(canvas);
    this.ranks = new EdgeRank(canvas);
  }

  /** Evolves images for the classifier, which scores at most {@code batchSize} of them a call. */
  public static Evolution of(EvolutionOptions options, Classifier classifier, int batchSize) {
    return new Evolution(options, classifier.canvas(), LogitSource.of(classifier, batchSize));
  }

  /**
   * One run.
   *
   * @throws IllegalArgumentException if a logit is not finite
   */
  public RunResult run(long seed, GenerationListener listener) {
    SplitMix64 random = SplitMix64.stream(seed, "evolution", 0);
    Evaluator evaluator =
        new Evaluator(source, options.objective(), new ScoreCache(options.cacheCapacity()));
    Population population = new Population(evaluator.score(breeder.founders(region, random)));
    Individual best = population.best();
    int lastImproved = 0;
    for (int generation = 0; ; generation++) {
      Individual fittest = population.best();
      if (fittest.fitness() > best.fitness()) {
        lastImproved = generation;
      }
      best = fittest.fitness() >= best.fitness() ? fittest : best;
      GenerationStats stats = stats(generation, population, evaluator);
      boolean goOn = listener.onGeneration(stats, fittest);
      Optional<Ending> ending = options.stop().ending(stats, lastImproved);
      if (ending.isPresent() || !goOn) {
        return result(seed, ending.orElse(Ending.STOPPED), best, stats);
      }
      population = next(population, generation + 1, evaluator, random);
    }
  }

  private Population next(
      Population parents, int generation, Evaluator evaluator, SplitMix64 random) {
    List<BlackPixels> children = breeder.children(parents, generation, region, random);
    List<Individual> individuals = new ArrayList<>(parents.elites(options.elites()));
    individuals.addAll(evaluator.score(children));
    return new Population(individuals);
  }

  private GenerationStats stats(int generation, Population population, Evaluator evaluator) {
    Individual best = population.best();
    return new GenerationStats(
        generation,
        best.fitness(),
        population.meanFitness(),
        population.worstFitness(),
        best.catProbability(),
        best.logit(),
        best.genome().count(),
        ranks.edgeIndex(best.genome()),
        population.diversity(),
        evaluator.evaluations(),
        evaluator.cacheHits());
  }

  private RunResult result(long seed, Ending ending, Individual best, GenerationStats last) {
    return new RunResult(
        seed,
        ending,
        best,
        ranks.edgeIndex(best.genome()),
        last.generation(),
        last.evaluations(),
        last.cacheHits());
  }
}
