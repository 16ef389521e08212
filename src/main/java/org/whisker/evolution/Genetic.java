package org.whisker.evolution;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.Crossover.Recombination.Offspring;
import org.whisker.image.BlackPixels;
import org.whisker.option.Entry;
import org.whisker.option.Records;
import org.whisker.value.Checks;

/**
 * The genetic algorithm, generational or steady-state.
 *
 * @param population individuals in a generation, at least 2
 * @param crossoverProbability per pair of parents, 0 to 1; otherwise the children start as copies
 * @param replacement which individuals the children replace
 */
@Entry("genetic")
public record Genetic(
    int population,
    Crossover crossover,
    double crossoverProbability,
    Mutation mutation,
    Selection selection,
    Replacement replacement)
    implements SearchMethod {

  public Genetic {
    PopulationSize.check(population);
    Checks.probability("crossover probability", crossoverProbability);
    if (replacement.children(population) < 1) {
      throw new IllegalArgumentException(
          "elites must be 0 to "
              + (population - 1)
              + ", was "
              + (population - replacement.children(population)));
    }
  }

  /**
   * Counts the children that mutation changes: recombinations of a converged population are known.
   */
  @Override
  public int newGenomes() {
    return Math.max(1, (int) Math.round(population * mutation.changed()));
  }

  @Override
  public List<BlackPixels> founders(FounderRule founders, GenerationContext context) {
    return founders.draw(population, context);
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    List<BlackPixels> children = new ArrayList<>();
    proposals(current, context).forEachRemaining(children::add);
    return children;
  }

  @Override
  public Iterator<BlackPixels> proposals(Population current, GenerationContext context) {
    return new Breeder(this, current, context);
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    List<Individual> pool = new ArrayList<>(current.individuals());
    pool.addAll(scored);
    List<Integer> next = replacement.next(new Population(pool), population);
    return new Population(next.stream().map(pool::get).toList());
  }

  public Genetic withPopulation(int newPopulation) {
    return Records.changed(this, Genetic::population).to(newPopulation);
  }

  public Genetic withCrossover(Crossover newCrossover) {
    return Records.changed(this, Genetic::crossover).to(newCrossover);
  }

  public Genetic withCrossoverProbability(double newProbability) {
    return Records.changed(this, Genetic::crossoverProbability).to(newProbability);
  }

  public Genetic withMutation(Mutation newMutation) {
    return Records.changed(this, Genetic::mutation).to(newMutation);
  }

  public Genetic withSelection(Selection newSelection) {
    return Records.changed(this, Genetic::selection).to(newSelection);
  }

  public Genetic withReplacement(Replacement newReplacement) {
    return Records.changed(this, Genetic::replacement).to(newReplacement);
  }

  /** A copy with generational replacement and this number of elites. */
  public Genetic withElites(int elites) {
    return withReplacement(new Replacement.Generational(elites));
  }

  /** The number of elites; 0 under steady-state replacement, which has none. */
  public int elites() {
    return replacement instanceof Replacement.Generational generational ? generational.elites() : 0;
  }

  /**
   * The children of a generation, bred lazily and not scored. Crossover acts on the whole canvas,
   * mutation only within the region.
   */
  static final class Breeder implements Iterator<BlackPixels> {
    private final Genetic options;
    private final Population parents;
    private final Selection.Chooser chooser;
    private final GenerationContext context;
    private final int wanted;
    private int made;
    private @Nullable Offspring half; // first child returned, second one pending

    Breeder(Genetic options, Population parents, GenerationContext context) {
      this.options = options;
      this.parents = parents;
      this.chooser = options.selection().from(parents);
      this.context = context;
      this.wanted = options.replacement().children(options.population());
    }

    @Override
    public boolean hasNext() {
      return made < wanted;
    }

    @Override
    public BlackPixels next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all " + wanted + " children are made");
      }
      made++;
      Offspring pair = half;
      if (pair != null) {
        half = null;
        return born(pair.second());
      }
      half = pair(context.random());
      return born(half.first());
    }

    private BlackPixels born(BlackPixels start) {
      return options
          .mutation()
          .mutate(start, context.region(), context.generation(), context.random());
    }

    private Offspring pair(RandomGenerator random) {
      BlackPixels a = parents.get(chooser.choose(random)).genome();
      BlackPixels b = parents.get(chooser.choose(random)).genome();
      return random.nextDouble() >= options.crossoverProbability()
          ? new Offspring(a, b)
          : options.crossover().draw(a, b, random).apply(a, b);
    }
  }

  /** Survivor selection: which individuals the children replace. */
  public sealed interface Replacement {
    /** Children per generation for a population of this size. */
    int children(int population);

    /**
     * The next population as indices into {@code pool}, which holds the current population followed
     * by its children. Survivors come first.
     */
    List<Integer> next(Population pool, int population);

    /**
     * Generational replacement with elitism.
     *
     * @param elites number of fittest individuals that survive (ties go to the newest); at least 0
     *     and below the population size
     */
    record Generational(int elites) implements Replacement {
      public Generational {
        Checks.refuse(elites < 0, "elites must be at least 0, were %s", elites);
      }

      @Override
      public int children(int population) {
        return population - elites;
      }

      @Override
      public List<Integer> next(Population pool, int population) {
        List<Integer> next = new ArrayList<>(population);
        next.addAll(
            new Population(pool.individuals().subList(0, population)).ranking().subList(0, elites));
        IntStream.range(population, pool.size()).forEach(next::add);
        return next;
      }
    }

    /**
     * Steady state, (μ + λ): parents and children compete, and the worst are replaced; among equals
     * the oldest. Each step counts as a generation, whatever its number of children.
     *
     * @param offspring children per step, at least 1
     */
    record SteadyState(int offspring) implements Replacement {
      public SteadyState {
        Checks.refuse(offspring < 1, "offspring must be at least 1, were %s", offspring);
      }

      @Override
      public int children(int population) {
        return offspring;
      }

      @Override
      public List<Integer> next(Population pool, int population) {
        return pool.ranking().subList(0, population).stream().sorted().toList();
      }
    }
  }
}
