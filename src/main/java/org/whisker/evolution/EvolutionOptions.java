package org.whisker.evolution;

/**
 * How to evolve. Start from {@link #question()} or {@link #quick()} and change what you need.
 *
 * @param population individuals in a generation, at least 2
 * @param crossoverProbability per pair of parents, 0 to 1; other pairs are copied
 * @param elites how many of the fittest pass to the next generation as they are, less than the
 *     population
 * @param cacheCapacity see {@link ScoreCache}
 */
public record EvolutionOptions(
    int population,
    Crossover crossover,
    double crossoverProbability,
    Mutation mutation,
    Selection selection,
    int elites,
    Objective objective,
    StopRules stop,
    int cacheCapacity) {

  public EvolutionOptions {
    if (population < 2) {
      throw new IllegalArgumentException("population must be at least 2, was " + population);
    }
    Probability.check("crossover probability", crossoverProbability);
    if (elites < 0 || elites >= population) {
      throw new IllegalArgumentException(
          "elites must be 0 to " + (population - 1) + ", was " + elites);
    }
    if (cacheCapacity < 1) {
      throw new IllegalArgumentException("cache capacity must be at least 1, was " + cacheCapacity);
    }
  }

  /**
   * The setting under which the edge bias was seen: 100 individuals, crossover 0.8, mutation 0.015
   * per individual by one pixel added, removed or moved, 3,000 generations. What was not told is
   * chosen here: tournaments of 3, 1 elite, λ = 0.001, rectangle crossover.
   */
  public static EvolutionOptions question() {
    return new EvolutionOptions(
        100,
        Crossover.RECTANGLE,
        0.8,
        new Mutation(0.015, EditMix.singlePixels(), EditSchedule.single()),
        new Selection.Tournament(3),
        1,
        Objective.withLambda(0.001),
        StopRules.after(3000),
        ScoreCache.DEFAULT_CAPACITY);
  }

  /**
   * A search that finds cats sooner: half the children are mutated, by eight edits on average at
   * first (single black pixels may change nothing) and hardly more than one from generation 40 on,
   * strokes and nudges among them; tournaments of 8 and 10 elites; p(cat) ≥ 0.96 ends it, or 300
   * generations. On weighted sums and random convolutions it came lower within 10,000 scored images
   * than mutating every child, than weaker selection, and than single edits from the start.
   */
  public static EvolutionOptions quick() {
    return question()
        .withMutation(
            new Mutation(0.5, new EditMix(3, 2, 1, 3, 3, 1), new EditSchedule(8, 1.2, 40)))
        .withSelection(new Selection.Tournament(8))
        .withElites(10)
        .withLambda(0.0002)
        .withStop(StopRules.after(300).withTarget(0.96));
  }

  public EvolutionOptions withPopulation(int newPopulation) {
    return new EvolutionOptions(
        newPopulation,
        crossover,
        crossoverProbability,
        mutation,
        selection,
        elites,
        objective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withCrossover(Crossover newCrossover) {
    return new EvolutionOptions(
        population,
        newCrossover,
        crossoverProbability,
        mutation,
        selection,
        elites,
        objective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withCrossoverProbability(double newCrossoverProbability) {
    return new EvolutionOptions(
        population,
        crossover,
        newCrossoverProbability,
        mutation,
        selection,
        elites,
        objective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withMutation(Mutation newMutation) {
    return new EvolutionOptions(
        population,
        crossover,
        crossoverProbability,
        newMutation,
        selection,
        elites,
        objective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withSelection(Selection newSelection) {
    return new EvolutionOptions(
        population,
        crossover,
        crossoverProbability,
        mutation,
        newSelection,
        elites,
        objective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withElites(int newElites) {
    return new EvolutionOptions(
        population,
        crossover,
        crossoverProbability,
        mutation,
        selection,
        newElites,
        objective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withObjective(Objective newObjective) {
    return new EvolutionOptions(
        population,
        crossover,
        crossoverProbability,
        mutation,
        selection,
        elites,
        newObjective,
        stop,
        cacheCapacity);
  }

  public EvolutionOptions withStop(StopRules newStop) {
    return new EvolutionOptions(
        population,
        crossover,
        crossoverProbability,
        mutation,
        selection,
        elites,
        objective,
        newStop,
        cacheCapacity);
  }

  public EvolutionOptions withCacheCapacity(int newCacheCapacity) {
    return new EvolutionOptions(
        population,
        crossover,
        crossoverProbability,
        mutation,
        selection,
        elites,
        objective,
        stop,
        newCacheCapacity);
  }

  /** Changes λ and leaves the rest of the objective. */
  public EvolutionOptions withLambda(double lambda) {
    return withObjective(new Objective(lambda, objective.scale(), objective.offset()));
  }

  public EvolutionOptions withGenerations(int generations) {
    return withStop(stop.withGenerations(generations));
  }
}
