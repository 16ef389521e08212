package org.whisker.evolution;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How parents are chosen. Each kind treats individuals of the same fitness alike, except {@link
 * Truncation}, which prefers the newest among those at the cut.
 */
public sealed interface Selection {
  /** A way to draw parents from one population. */
  @FunctionalInterface
  interface Chooser {
    /** The index of a parent. */
    int choose(RandomGenerator random);
  }

  /** What depends on the population alone is done here, once for all its children. */
  Chooser from(Population population);

  /** As {@link #parse} reads it. */
  String label();

  /**
   * Reads {@code tournament:SIZE}, {@code truncation:SHARE}, {@code roulette} or {@code
   * rank:PRESSURE}; without a value tournaments are of 3, the share is 0.5 and the pressure 1.5.
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
   * The fittest of {@code size} individuals drawn with replacement; of equals the one drawn first,
   * so that under flat fitness all have the same chance.
   *
   * @param size at least 1; 1 is no selection at all
   */
  record Tournament(int size) implements Selection {
    public Tournament {
      if (size < 1) {
        throw new IllegalArgumentException("tournament size must be at least 1, was " + size);
      }
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
   * Any of the fittest {@code share} of the population (rounded up to whole individuals), all with
   * the same chance; of equals at the cut the newest are in.
   *
   * @param share above 0, at most 1; 1 is no selection at all
   */
  record Truncation(double share) implements Selection {
    public Truncation {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "truncation share must be above 0 and at most 1, was " + share);
      }
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
   * In proportion to fitness less the worst fitness of the population, as fitness itself is mostly
   * below 0: {@code P(i) = (f_i − min f) / Σ (f_j − min f)}. So the worst is never chosen, and a
   * fitness that is moved or stretched as a whole changes nothing. All have the same chance when
   * all are as fit.
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
   * By linear ranking (Baker 1985): the best of n is chosen {@code pressure} times as often as on
   * average, the worst {@code 2 − pressure} times, those between in equal steps; equals share the
   * mean of their ranks.
   *
   * @param pressure 1 (no selection at all) to 2 (the worst is never chosen)
   */
  record Rank(double pressure) implements Selection {
    public Rank {
      if (!(pressure >= 1 && pressure <= 2)) {
        throw new IllegalArgumentException("rank pressure must be 1 to 2, was " + pressure);
      }
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
}
