package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/** Makes the genomes of a generation; scores nothing. */
final class Breeder {
  private final EvolutionOptions options;

  Breeder(EvolutionOptions options) {
    this.options = options;
  }

  /** The first generation: one random black pixel each. */
  List<BlackPixels> founders(Region region, RandomGenerator random) {
    List<BlackPixels> founders = new ArrayList<>(options.population());
    for (int i = 0; i < options.population(); i++) {
      int pixel = region.get(random.nextInt(region.size()));
      founders.add(BlackPixels.of(region.canvas(), pixel));
    }
    return founders;
  }

  /**
   * The children that join the elites in this generation (counted from 1). Crossover reaches over
   * the whole canvas, mutation only into the region.
   */
  List<BlackPixels> children(
      Population parents, int generation, Region region, RandomGenerator random) {
    int wanted = options.population() - options.elites();
    List<BlackPixels> children = new ArrayList<>(wanted + 1);
    while (children.size() < wanted) {
      Offspring pair = pair(parents, random);
      children.add(options.mutation().mutate(pair.first(), region, generation, random));
      if (children.size() < wanted) {
        children.add(options.mutation().mutate(pair.second(), region, generation, random));
      }
    }
    return children;
  }

  private Offspring pair(Population parents, RandomGenerator random) {
    BlackPixels a = options.selection().choose(parents, random).genome();
    BlackPixels b = options.selection().choose(parents, random).genome();
    return random.nextDouble() < options.crossoverProbability()
        ? options.crossover().draw(a, b, random).apply(a, b)
        : new Offspring(a, b);
  }
}
