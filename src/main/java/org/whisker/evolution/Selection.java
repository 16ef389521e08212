package org.whisker.evolution;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.value.Checks;

/**
 * Parent selection. Individuals of equal fitness have equal probability, except under {@link
 * Truncation}, where ties at the threshold go to the newest.
 */
public sealed interface Selection {
  /** Draws parents from one population. */
  @FunctionalInterface
  interface Chooser {
    /** The index of a parent. */
    int choose(RandomGenerator random);
  }

  /** Prepares selection from a population, once for all its children. */
  Chooser from(Population population);

  /** The text that {@link #parse} reads. */
  String label();

  /**
   * Reads {@code tournament:SIZE}, {@code truncation:SHARE}, {@code roulette} or {@code
   * rank:PRESSURE}; the defaults are a size of 3, a share of 0.5 and a pressure of 1.5.
   */
  static Selection parse(String text) {
    String[] parts = text.split(":", 2);
    Optional<String> value = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
    if (parts[0].equals("roulette") && value.isPresent()) {
      throw unreadable(text);
    }
    try {
      return switch (parts[0]) {
        case "tournament" -> new Tournament(value.map(Integer::parseInt).orElse(3));
        case "truncation" -> new Truncation(value.map(Double::parseDouble).orElse(0.5));
        case "rank" -> new Rank(value.map(Double::parseDouble).orElse(1.5));
        case "roulette" -> new Roulette();
        default -> throw unreadable(text);
      };
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "selection must be tournament:SIZE, truncation:SHARE, roulette or rank:PRESSURE, was "
            + text);
  }

  /**
   * Tournament selection: the fittest of {@code size} individuals drawn with replacement; ties go
   * to the one drawn first, so selection is uniform under flat fitness.
   *
   * @param size at least 1; 1 is no selection pressure
   */
  record Tournament(int size) implements Selection {
    public Tournament {
      Checks.refuse(size < 1, "tournament size must be at least 1, was %s", size);
    }

    @Override
    public Chooser from(Population population) {
      return random -> {
        int best = random.nextInt(population.size());
        for (int i = 1; i < size; i++) {
          int other = random.nextInt(population.size());
          best = population.get(other).fitness() > population.get(best).fitness() ? other : best;
        }
        return best;
      };
    }

    @Override
    public String label() {
      return "tournament:" + size;
    }
  }

  /**
   * Truncation selection: uniform over the fittest {@code share} of the population (rounded up to
   * whole individuals); ties at the threshold go to the newest.
   *
   * @param share above 0, at most 1; 1 is no selection pressure
   */
  record Truncation(double share) implements Selection {
    public Truncation {
      Checks.require(
          share > 0 && share <= 1, "truncation share must be above 0 and at most 1, was %s", share);
    }

    @Override
    public Chooser from(Population population) {
      int kept = (int) Math.ceil(share * population.size());
      var best = population.ranking().subList(0, kept);
      return random -> best.get(random.nextInt(kept));
    }

    @Override
    public String label() {
      return "truncation:" + share;
    }
  }

  /**
   * Fitness-proportional selection, with fitness shifted by the population minimum since it is
   * mostly negative: {@code P(i) = (f_i − min f) / Σ (f_j − min f)}. The worst is never chosen, and
   * the probabilities are invariant to affine transformations of fitness. Uniform if all are
   * equally fit.
   */
  record Roulette() implements Selection {
    @Override
    public Chooser from(Population population) {
      double worst = population.worstFitness();
      double[] weights = new double[population.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = population.get(i).fitness() - worst;
      }
      return new RouletteWheel(weights);
    }

    @Override
    public String label() {
      return "roulette";
    }
  }

  /**
   * Linear ranking (Baker 1985): the expected number of offspring relative to the mean is {@code
   * pressure} for the best and {@code 2 − pressure} for the worst, linear in between; ties share
   * their midrank.
   *
   * @param pressure 1 (no selection pressure) to 2 (the worst is never chosen)
   */
  record Rank(double pressure) implements Selection {
    public Rank {
      Checks.require(
          pressure >= 1 && pressure <= 2, "rank pressure must be 1 to 2, was %s", pressure);
    }

    @Override
    public Chooser from(Population population) {
      double[] weights = new double[population.size()];
      double steps = Math.max(1, weights.length - 1);
      double[] ranks = population.midRanks();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 2 - pressure + 2 * (pressure - 1) * ranks[i] / steps;
      }
      return new RouletteWheel(weights);
    }

    @Override
    public String label() {
      return "rank:" + pressure;
    }
  }

  /** Draws indices with probability proportional to their weights; uniform if all weights are 0. */
  static final class RouletteWheel implements Selection.Chooser {
    private final double[] sums;

    RouletteWheel(double[] weights) {
      sums = new double[weights.length];
      double sum = 0;
      for (int i = 0; i < sums.length; i++) {
        sum += weights[i];
        sums[i] = sum;
      }
    }

    @Override
    public int choose(RandomGenerator random) {
      double all = sums[sums.length - 1];
      if (all == 0) {
        return random.nextInt(sums.length);
      }
      double ball = random.nextDouble() * all;
      int low = 0;
      int high = sums.length - 1;
      while (low < high) { // the first with a cumulative weight above the ball
        int middle = (low + high) >>> 1;
        if (sums[middle] > ball) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }
}
