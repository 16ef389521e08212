package org.whisker.evolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Prefetch;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.RunCheckpoint.RunState;
import org.whisker.evolution.ScoreCache.Fingerprint;
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
    List<BlackPixels> drawn = options.method().founders(options.founders(), context(0));
    BlackPixels given = options.founders().given(canvas, seed);
    return given.count() == 0 ? drawn : drawn.stream().map(new Edit.Draw(given)::apply).toList();
  }

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
    GenerationContext context = context(generation + 1);
    updateFitness(context.generation());
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
  private void updateFitness(int number) {
    Objective objective = options.objective();
    if (objective.penalty().at(number) != objective.penalty().at(number - 1)) {
      population = population.withFitness(it -> objective.fitness(it, number));
      best = best.withFitness(it -> objective.fitness(it, number));
    }
  }

  private GenerationContext context(int number) {
    Region region = options.regions().restriction(canvas, number).orElse(everywhere);
    return new GenerationContext(number, region, random);
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

    /** The individual's exact logit against the target. */
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

  /**
   * Scores genomes, requesting from the source only those not in the cache. Batches and cache
   * contents depend on the order of the genomes alone, not on timing.
   */
  static final class Evaluator {
    private final LogitSource source;
    private final Objective objective;
    private final ScoreCache cache;
    private long evaluations;
    private long cacheHits;

    Evaluator(LogitSource source, Objective objective, ScoreCache cache) {
      this(source, objective, cache, 0, 0);
    }

    /** Continues counting from these values. */
    Evaluator(
        LogitSource source,
        Objective objective,
        ScoreCache cache,
        long evaluations,
        long cacheHits) {
      this.source = source;
      this.objective = objective;
      this.cache = cache;
      this.evaluations = evaluations;
      this.cacheHits = cacheHits;
    }

    ScoreCache cache() {
      return cache;
    }

    /** Genomes the source has scored. */
    long evaluations() {
      return evaluations;
    }

    /**
     * Genomes whose score was cached, or requested already for an identical genome in the same
     * list.
     */
    long cacheHits() {
      return cacheHits;
    }

    List<Individual> score(List<BlackPixels> genomes, int generation) {
      return score(genomes.iterator(), generation);
    }

    /**
     * The genomes as individuals of this generation, in order. The iterator may be consumed on
     * another thread, which has finished when this method returns or throws.
     */
    List<Individual> score(Iterator<BlackPixels> genomes, int generation) {
      Round round = new Round(genomes);
      Map<Fingerprint, Float> asked = new LinkedHashMap<>();
      Prefetch.forEach(round, batch -> ask(batch, asked));
      asked.forEach(cache::put);
      evaluations += asked.size();
      cacheHits += round.keys.size() - asked.size();
      return round.scored(asked, generation);
    }

    private void ask(Map<Fingerprint, BlackPixels> unknown, Map<Fingerprint, Float> asked) {
      if (unknown.isEmpty()) {
        return;
      }
      float[] answers = source.logits(List.copyOf(unknown.values()));
      if (answers.length != unknown.size()) {
        throw new IllegalStateException(
            "asked for the logits of " + unknown.size() + " genomes, got " + answers.length);
      }
      int next = 0;
      for (Fingerprint key : unknown.keySet()) {
        asked.put(key, answers[next++]);
      }
    }

    /** The genomes of one call; each is looked up in the cache as the iterator yields it. */
    private final class Round implements Iterator<Map<Fingerprint, BlackPixels>> {
      private final Iterator<BlackPixels> coming;
      private final List<BlackPixels> genomes = new ArrayList<>();
      private final List<Fingerprint> keys = new ArrayList<>();
      private final Map<Fingerprint, OptionalDouble> met = new HashMap<>();

      Round(Iterator<BlackPixels> coming) {
        this.coming = coming;
      }

      @Override
      public boolean hasNext() {
        return coming.hasNext();
      }

      /** The next batch to be scored; empty when all remaining genomes are cached. */
      @Override
      public Map<Fingerprint, BlackPixels> next() {
        Map<Fingerprint, BlackPixels> unknown = new LinkedHashMap<>();
        while (unknown.size() < source.batch() && coming.hasNext()) {
          BlackPixels genome = coming.next();
          Fingerprint key = Fingerprint.of(genome);
          genomes.add(genome);
          keys.add(key);
          if (!met.containsKey(key)) {
            OptionalDouble known = cache.find(key);
            met.put(key, known);
            if (known.isEmpty()) {
              unknown.put(key, genome);
            }
          }
        }
        return unknown;
      }

      List<Individual> scored(Map<Fingerprint, Float> asked, int generation) {
        List<Individual> scored = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
          OptionalDouble known = Objects.requireNonNull(met.get(keys.get(i)));
          float logit =
              known.isPresent()
                  ? (float) known.getAsDouble()
                  : Objects.requireNonNull(asked.get(keys.get(i)));
          BlackPixels genome = genomes.get(i);
          double fitness = objective.fitness(logit, genome.count(), generation);
          scored.add(new Individual(genome, logit, fitness));
        }
        return scored;
      }
    }
  }
}
