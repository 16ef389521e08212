package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;

/** Makes the children of a generation; scores nothing. */
final class Breeder {
  private final Genetic options;

  Breeder(Genetic options) {
    this.options = options;
  }

  /**
   * The children that join the elites. Crossover reaches over the whole canvas, mutation only into
   * the region.
   */
  List<BlackPixels> children(Population parents, Step step) {
    int wanted = options.population() - options.elites();
    List<BlackPixels> children = new ArrayList<>(wanted + 1);
    while (children.size() < wanted) {
      Offspring pair = pair(parents, step.random());
      children.add(mutated(pair.first(), step));
      if (children.size() < wanted) {
        children.add(mutated(pair.second(), step));
      }
    }
    return children;
  }

  private BlackPixels mutated(BlackPixels child, Step step) {
    return options.mutation().mutate(child, step.region(), step.generation(), step.random());
  }

  private Offspring pair(Population parents, RandomGenerator random) {
    BlackPixels a = options.selection().choose(parents, random).genome();
    BlackPixels b = options.selection().choose(parents, random).genome();
    return random.nextDouble() < options.crossoverProbability()
        ? options.crossover().draw(a, b, random).apply(a, b)
        : new Offspring(a, b);
  }
}
