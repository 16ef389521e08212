package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;

/** Makes the children of a generation; scores nothing. */
final class Breeder {
  private final Genetic options;
  private final Population parents;
  private final Selection.Chooser chooser;
  private final Step step;

  Breeder(Genetic options, Population parents, Step step) {
    this.options = options;
    this.parents = parents;
    this.chooser = options.selection().from(parents);
    this.step = step;
  }

  /** Two parents and what they begin as children with. */
  private record Pair(int a, int b, Optional<Recombination> crossover, Offspring children) {}

  /**
   * The children of this generation. Crossover reaches over the whole canvas, mutation only into
   * the region.
   */
  List<BlackPixels> children() {
    int wanted = options.replacement().children(options.population());
    List<BlackPixels> children = new ArrayList<>(wanted + 1);
    while (children.size() < wanted) {
      Pair pair = pair(step.random());
      children.add(born(children.size(), pair, pair.children().first(), pair.a(), pair.b()));
      if (children.size() < wanted) {
        children.add(born(children.size(), pair, pair.children().second(), pair.b(), pair.a()));
      }
    }
    return children;
  }

  private BlackPixels born(int number, Pair pair, BlackPixels start, int parent, int mate) {
    Mutation mutation = options.mutation();
    Trace trace = step.trace();
    if (trace == null) {
      return mutation.mutate(start, step.region(), step.generation(), step.random());
    }
    List<TraceEvent.Change> changes = new ArrayList<>();
    BlackPixels child =
        mutation.mutate(
            start, step, (kind, edit) -> changes.add(new TraceEvent.Change(kind, edit)));
    trace.on(
        new TraceEvent.Child(step.generation(), number, parent, mate, pair.crossover(), changes));
    return child;
  }

  private Pair pair(RandomGenerator random) {
    int first = chooser.choose(random);
    int second = chooser.choose(random);
    BlackPixels a = parents.get(first).genome();
    BlackPixels b = parents.get(second).genome();
    if (random.nextDouble() >= options.crossoverProbability()) {
      return new Pair(first, second, Optional.empty(), new Offspring(a, b));
    }
    Recombination drawn = options.crossover().draw(a, b, random);
    return new Pair(first, second, Optional.of(drawn), drawn.apply(a, b));
  }
}
