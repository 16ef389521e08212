package org.whisker.evolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.whisker.classifier.Prefetch;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.ScoreCache.Fingerprint;
import org.whisker.image.BlackPixels;

/**
 * Scores genomes, requesting from the source only those not in the cache. Batches and cache
 * contents depend on the order of the genomes alone, not on timing.
 */
final class Evaluator {
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
      LogitSource source, Objective objective, ScoreCache cache, long evaluations, long cacheHits) {
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
   * Genomes whose score was cached, or requested already for an identical genome in the same list.
   */
  long cacheHits() {
    return cacheHits;
  }

  /** The genomes as individuals of this generation. */
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
