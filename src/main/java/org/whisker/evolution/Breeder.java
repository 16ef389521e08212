package org.whisker.evolution;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.operator.Offspring;
import org.whisker.evolution.operator.Recombination;
import org.whisker.image.BlackPixels;

/**
 * The children of a generation, bred lazily and not scored. Crossover acts on the whole canvas,
 * mutation only within the region.
 */
final class Breeder implements Iterator<BlackPixels> {
  private final Genetic options;
  private final Population parents;
  private final Selection.Chooser chooser;
  private final GenerationContext context;
  private final int wanted;
  private int made;
  private @Nullable Pair half; // first child returned, second one pending

  Breeder(Genetic options, Population parents, GenerationContext context) {
    this.options = options;
    this.parents = parents;
    this.chooser = options.selection().from(parents);
    this.context = context;
    this.wanted = options.replacement().children(options.population());
  }

  /** Two parents and their offspring before mutation. */
  private record Pair(int a, int b, Optional<Recombination> crossover, Offspring children) {}

  @Override
  public boolean hasNext() {
    return made < wanted;
  }

  @Override
  public BlackPixels next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + wanted + " children are made");
    }
    int number = made++;
    Pair pair = half;
    if (pair != null) {
      half = null;
      return born(number, pair, pair.children().second(), pair.b(), pair.a());
    }
    half = pair(context.random());
    return born(number, half, half.children().first(), half.a(), half.b());
  }

  private BlackPixels born(int number, Pair pair, BlackPixels start, int parent, int mate) {
    Mutation mutation = options.mutation();
    Trace trace = context.trace();
    if (trace == null) {
      return mutation.mutate(start, context.region(), context.generation(), context.random());
    }
    List<TraceEvent.Change> changes = new ArrayList<>();
    BlackPixels child =
        mutation.mutate(
            start, context, (kind, edit) -> changes.add(new TraceEvent.Change(kind, edit)));
    trace.on(
        new TraceEvent.Child(
            context.generation(), number, parent, mate, pair.crossover(), changes));
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
