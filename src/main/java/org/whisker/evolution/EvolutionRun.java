package org.whisker.evolution;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.RunCheckpoint.RunState;
import org.whisker.evolution.SearchMethod.GenerationContext;
import org.whisker.evolution.operator.Edit;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

/**
 * One run, generation by generation: a deterministic function of the options, the scores and the
 * seed. It can be paused after any generation and resumed from its {@link #state()} and {@link
 * #cache()}. Not thread-safe.
 */
public final class EvolutionRun {
  private final EvolutionOptions options;
  private final Canvas canvas;
  private final Region everywhere;
  private final EdgeRank ranks;
  private final long seed;
  private final SplitMix64 random;
  private final Evaluator evaluator;
  private final Rescoring rescoring;
  private int generation;
  private Population population;
  private Individual best;
  private int lastImproved;

  /** Starts a run and scores its founders. */
  EvolutionRun(EvolutionOptions options, Canvas canvas, LogitSource source, long seed) {
    this.options = options;
    this.canvas = canvas;
    this.everywhere = Region.everywhere(canvas);
    this.ranks = new EdgeRank(canvas);
    this.seed = seed;
    this.random = SplitMix64.stream(seed, "evolution", 0);
    this.evaluator =
        new Evaluator(source, options.objective(), new ScoreCache(options.cacheCapacity()));
    this.rescoring = new Rescoring(source);
    this.population = new Population(evaluator.score(founders(), 0));
    this.best = population.best();
  }

  private List<BlackPixels> founders() {
    List<BlackPixels> drawn = options.method().founders(options.founders(), context(0, null));
    BlackPixels given = options.founders().given(canvas, seed);
    return given.count() == 0 ? drawn : drawn.stream().map(new Edit.Draw(given)::apply).toList();
  }

  /** Resumes a run. */
  EvolutionRun(
      EvolutionOptions options,
      Canvas canvas,
      LogitSource source,
      RunState from,
      ScoreCache cache) {
    this.options = options;
    this.canvas = canvas;
    this.everywhere = Region.everywhere(canvas);
    this.ranks = new EdgeRank(canvas);
    this.seed = from.seed();
    this.random = new SplitMix64(from.randomState());
    this.evaluator =
        new Evaluator(source, options.objective(), cache, from.evaluations(), from.cacheHits());
    this.rescoring = new Rescoring(source);
    this.generation = from.generation();
    this.population = from.population();
    this.best = from.best();
    this.lastImproved = from.lastImproved();
  }

  /** Breeds and scores the next generation. */
  public void advance() {
    next(context(generation + 1, null));
  }

  /** As {@link #advance()}, and reports the ancestry of each individual to the trace. */
  public void advance(TraceEvent.Trace trace) {
    next(context(generation + 1, trace));
  }

  private void next(GenerationContext context) {
    reprice(context.generation());
    SearchMethod method = options.method();
    var scored = evaluator.score(method.proposals(population, context), context.generation());
    population = method.accept(population, scored, context);
    generation = context.generation();
    Individual fittest = population.best();
    if (fittest.fitness() > best.fitness()) {
      lastImproved = generation;
    }
    best = fittest.fitness() >= best.fitness() ? fittest : best;
  }

  /**
   * Recomputes fitness with the λ of the coming generation, so that parents and children are
   * comparable.
   */
  private void reprice(int number) {
    Objective objective = options.objective();
    if (objective.price().at(number) != objective.price().at(number - 1)) {
      population = population.priced(it -> objective.fitness(it, number));
      best = best.priced(it -> objective.fitness(it, number));
    }
  }

  private GenerationContext context(int number, TraceEvent.@Nullable Trace trace) {
    Region region = options.regions().restriction(canvas, number).orElse(everywhere);
    return new GenerationContext(number, region, random, trace);
  }

  /** Statistics of the current generation, by the scores that the search uses. */
  public GenerationStats stats() {
    Individual fittest = population.best();
    return new GenerationStats(
        generation,
        fittest.fitness(),
        population.meanFitness(),
        population.worstFitness(),
        fittest.catProbability(),
        fittest.logit(),
        fittest.genome().count(),
        ranks.edgeIndex(fittest.genome()),
        population.diversity(),
        evaluator.evaluations(),
        evaluator.cacheHits());
  }

  /** The current generation. */
  public Population population() {
    return population;
  }

  /**
   * The stop rule that holds now, if any. The target counts as reached only if the fittest
   * individual reaches it by its {@linkplain LogitSource#exact() exact} score too.
   */
  public Optional<Ending> ending() {
    return options
        .stop()
        .ending(generation, probability(), lastImproved, evaluator.evaluations())
        .or(() -> exhausted() ? Optional.of(Ending.EXHAUSTED) : Optional.empty());
  }

  private double probability() {
    TargetClass target = options.objective().target();
    double probability = target.probability(population.best().logit());
    return options.stop().reached(probability)
        ? target.probability(rescoring.logit(population.best()))
        : probability;
  }

  private boolean exhausted() {
    return options.method().exhausted(population);
  }

  /**
   * The result of the run, ended for this reason: the fittest individual by the scores that the
   * search uses, with its {@linkplain LogitSource#exact() exact} score.
   */
  public RunResult result(Ending ending) {
    return new RunResult(
        seed,
        ending,
        rescoring.of(best, options.objective(), generation),
        ranks.edgeIndex(best.genome()),
        generation,
        evaluator.evaluations(),
        evaluator.cacheHits());
  }

  /** The state from which the run can be resumed. */
  public RunState state() {
    return new RunState(
        seed,
        generation,
        population,
        best,
        lastImproved,
        random.state(),
        evaluator.evaluations(),
        evaluator.cacheHits());
  }

  /** The run's score cache: live, not a copy. */
  public ScoreCache cache() {
    return evaluator.cache();
  }

  /**
   * Rescores an individual by {@link LogitSource#exact()}; a no-op if the search already uses exact
   * scores. The last result is cached, since the fittest often stays the same for generations.
   */
  static final class Rescoring {
    private final LogitSource exact;
    private final boolean needed;
    private @Nullable Individual last;
    private float logit;

    Rescoring(LogitSource search) {
      this.exact = search.exact();
      this.needed = exact != search;
    }

    /** The individual's exact logit of not-cat. */
    float logit(Individual individual) {
      if (!needed) {
        return individual.logit();
      }
      if (last == null || !last.genome().equals(individual.genome())) {
        logit = exact.logits(List.of(individual.genome()))[0];
        last = individual;
      }
      return logit;
    }

    /** The individual with its exact logit and the corresponding fitness. */
    Individual of(Individual individual, Objective objective, int generation) {
      if (!needed) {
        return individual;
      }
      float found = logit(individual);
      double fitness = objective.fitness(found, individual.genome().count(), generation);
      return new Individual(individual.genome(), found, fitness);
    }
  }
}
