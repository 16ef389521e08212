package org.whisker.evolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.value.Checks;

/**
 * The scored individuals of one generation, oldest first: survivors, then children. Not empty.
 *
 * @param tally what the search has learnt of each pixel; {@link PixelTally#NONE} for most searches
 */
public record Population(List<Individual> individuals, PixelTally tally) {
  /** The population of a search that keeps no tally. */
  public Population(List<Individual> individuals) {
    this(individuals, PixelTally.NONE);
  }

  public Population {
    Checks.refuse(individuals.isEmpty(), "a population needs at least 1 individual, was empty");
    individuals = List.copyOf(individuals);
  }

  public int size() {
    return individuals.size();
  }

  public Individual get(int i) {
    return individuals.get(i);
  }

  /** The fittest individual; ties go to the newest, which permits neutral drift. */
  public Individual best() {
    Individual best = individuals.get(0);
    for (Individual other : individuals) {
      best = other.fitness() >= best.fitness() ? other : best;
    }
    return best;
  }

  /** All indices by decreasing fitness; ties newest first. */
  List<Integer> ranking() {
    List<Integer> newestFirst = new ArrayList<>(size());
    for (int i = size() - 1; i >= 0; i--) {
      newestFirst.add(i);
    }
    newestFirst.sort(Comparator.comparingDouble((Integer i) -> -get(i).fitness()));
    return newestFirst;
  }

  /** Midrank of each individual, 0 for the worst; ties share the mean of their ranks. */
  double[] midRanks() {
    List<Integer> order = ranking();
    double[] ranks = new double[size()];
    int from = 0;
    while (from < size()) {
      double fitness = get(order.get(from)).fitness();
      int to = from + 1;
      while (to < size() && get(order.get(to)).fitness() == fitness) {
        to++;
      }
      double shared = size() - 1 - (from + to - 1) / 2.0;
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = shared;
      }
      from = to;
    }
    return ranks;
  }

  /** Returns this population with another fitness for each individual. */
  Population withFitness(ToDoubleFunction<Individual> fitness) {
    return new Population(individuals.stream().map(it -> it.withFitness(fitness)).toList(), tally);
  }

  public double meanFitness() {
    return individuals.stream().mapToDouble(Individual::fitness).sum() / size();
  }

  public double worstFitness() {
    double worst = best().fitness();
    for (Individual individual : individuals) {
      worst = Math.min(worst, individual.fitness());
    }
    return worst;
  }

  /** The number of different genomes. */
  public int distinct() {
    return (int) individuals.stream().map(Individual::genome).distinct().count();
  }

  /**
   * Genotypic diversity in [0, 1]: the mean pairwise Hamming distance over twice the mean number of
   * black pixels, that is the probability that a black pixel of one individual is white in another
   * one. 0 if all are identical, all white, or there is only one; 1 if no two share a black pixel.
   */
  public double diversity() {
    int[] carriers = new int[get(0).genome().canvas().pixels()];
    long black = 0;
    for (Individual individual : individuals) {
      black += individual.genome().count();
      for (int i = 0; i < individual.genome().count(); i++) {
        carriers[individual.genome().get(i)]++;
      }
    }
    return black == 0 || size() == 1 ? 0 : 1 - sharedPairs(carriers) / ((size() - 1.0) * black);
  }

  private static double sharedPairs(int[] carriers) {
    long pairs = 0;
    for (int count : carriers) {
      pairs += (long) count * (count - 1L);
    }
    return pairs;
  }

  /**
   * A scored genome.
   *
   * @param logit the logit against the target, finite
   * @param fitness the higher the better, finite
   */
  public record Individual(BlackPixels genome, float logit, double fitness) {
    public Individual {
      if (!Float.isFinite(logit) || !Double.isFinite(fitness)) {
        throw new IllegalArgumentException(
            "an individual needs a finite score, got logit " + logit + " and fitness " + fitness);
      }
    }

    /** Returns this individual with another fitness. */
    Individual withFitness(ToDoubleFunction<Individual> by) {
      double other = by.applyAsDouble(this);
      return other == fitness ? this : new Individual(genome, logit, other);
    }

    public double catProbability() {
      return Classifier.catProbability(logit);
    }
  }
}
