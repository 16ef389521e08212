package org.whisker.evolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.whisker.image.BlackPixels;

/** Turns genomes into individuals, asking the source only for those never scored before. */
final class Evaluator {
  private final LogitSource source;
  private final Objective objective;
  private final ScoreCache cache;
  private long evaluations;
  private long cacheHits;

  Evaluator(LogitSource source, Objective objective, ScoreCache cache) {
    this(source, objective, cache, 0, 0);
  }

  /** Counts go on from these. */
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

  /** Genomes whose score was known, from before or from a twin in the same list. */
  long cacheHits() {
    return cacheHits;
  }

  /** The genomes as individuals of this generation. */
  List<Individual> score(List<BlackPixels> genomes, int generation) {
    List<Fingerprint> keys = genomes.stream().map(Fingerprint::of).toList();
    Map<Fingerprint, Float> logits = new HashMap<>();
    Map<Fingerprint, BlackPixels> unknown = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      recall(keys.get(i), genomes.get(i), logits, unknown);
    }
    ask(unknown, logits);
    evaluations += unknown.size();
    cacheHits += keys.size() - unknown.size();
    List<Individual> scored = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      float logit = Objects.requireNonNull(logits.get(keys.get(i)));
      BlackPixels genome = genomes.get(i);
      double fitness = objective.fitness(logit, genome.count(), generation);
      scored.add(new Individual(genome, logit, fitness));
    }
    return scored;
  }

  private void recall(
      Fingerprint key,
      BlackPixels genome,
      Map<Fingerprint, Float> logits,
      Map<Fingerprint, BlackPixels> unknown) {
    if (logits.containsKey(key) || unknown.containsKey(key)) {
      return;
    }
    var logit = cache.find(key);
    if (logit.isPresent()) {
      logits.put(key, (float) logit.getAsDouble());
    } else {
      unknown.put(key, genome);
    }
  }

  private void ask(Map<Fingerprint, BlackPixels> unknown, Map<Fingerprint, Float> logits) {
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
      logits.put(key, answers[next]);
      cache.put(key, answers[next++]);
    }
  }
}
