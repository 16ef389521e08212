package org.whisker.evolution;

import java.util.function.UnaryOperator;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditSchedule;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.Tones;

/**
 * How to evolve. Start from {@link #question()}, {@link #quick()} or {@link #dense()} and change
 * what you need.
 *
 * @param method how the next genomes are found
 * @param founders what generation 0 is made of
 * @param regions where pixels may change
 * @param tones what pictures are painted in for a classifier
 * @param cacheCapacity see {@link ScoreCache}
 */
public record EvolutionOptions(
    SearchMethod method,
    Founders founders,
    RegionSchedule regions,
    Objective objective,
    StopRules stop,
    Tones tones,
    int cacheCapacity) {

  public EvolutionOptions {
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
        new Genetic(
            100,
            Crossover.RECTANGLE,
            0.8,
            new Mutation(0.015, EditMix.singlePixels(), EditSchedule.single()),
            new Selection.Tournament(3),
            new Replacement.Generational(1)),
        new Founders.OnePixel(),
        RegionSchedule.everywhere(),
        Objective.withLambda(0.001),
        StopRules.after(3000),
        Tones.standard(),
        ScoreCache.DEFAULT_CAPACITY);
  }

  /**
   * The options of that name.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static EvolutionOptions preset(String name) {
    return switch (name) {
      case "quick" -> quick();
      case "question" -> question();
      case "dense" -> dense();
      default ->
          throw new IllegalArgumentException(
              "--preset must be quick, question or dense, was '" + name + "'");
    };
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
        .withGenetic(
            genetic ->
                genetic
                    .withMutation(
                        new Mutation(
                            0.5, new EditMix(3, 2, 1, 3, 3, 1), new EditSchedule(8, 1.2, 40)))
                    .withSelection(new Selection.Tournament(8))
                    .withElites(10))
        .withLambda(0.0002)
        .withStop(StopRules.after(300).withTarget(0.96));
  }

  /**
   * A search for some cat, wherever its pixels lie: founders with 2 % of all pixels black, from
   * where many small edits lead on, while from one pixel the search is often caught where a few
   * dozen pixels at the edge are half a cat. Black pixels cost nothing, so the cats have hundreds;
   * {@link Minimizer} takes most of them away. It is <em>not</em> the setting in which the edge
   * bias was seen and says nothing about it: founders are everywhere to begin with.
   *
   * <p>20 individuals, 2 elites, tournaments of 8, uniform crossover 0.8; nine of ten children
   * mutated, by 10 edits on average at first and hardly more than one from generation 250 on,
   * strokes, erasures and nudges before single pixels; p(cat) ≥ 0.96 ends it, or 600 generations,
   * which score 10,800 images.
   */
  public static EvolutionOptions dense() {
    return question()
        .withGenetic(
            genetic ->
                genetic
                    .withElites(2)
                    .withPopulation(20)
                    .withCrossover(Crossover.UNIFORM)
                    .withMutation(
                        new Mutation(
                            0.9, new EditMix(1, 1, 1, 2, 2, 2), new EditSchedule(10, 1.2, 250)))
                    .withSelection(new Selection.Tournament(8)))
        .withFounders(new Founders.Share(0.02))
        .withLambda(0)
        .withStop(StopRules.after(600).withTarget(0.96));
  }

  /**
   * The genetic algorithm's own options.
   *
   * @throws IllegalStateException when the method is another one
   */
  public Genetic genetic() {
    if (method instanceof Genetic genetic) {
      return genetic;
    }
    throw new IllegalStateException("the search is " + method.label() + ", not genetic");
  }

  /** Changes options of the genetic algorithm. */
  public EvolutionOptions withGenetic(UnaryOperator<Genetic> change) {
    return withMethod(change.apply(genetic()));
  }

  public EvolutionOptions withMethod(SearchMethod newMethod) {
    return new EvolutionOptions(
        newMethod, founders, regions, objective, stop, tones, cacheCapacity);
  }

  public EvolutionOptions withFounders(Founders newFounders) {
    return new EvolutionOptions(
        method, newFounders, regions, objective, stop, tones, cacheCapacity);
  }

  public EvolutionOptions withRegions(RegionSchedule newRegions) {
    return new EvolutionOptions(
        method, founders, newRegions, objective, stop, tones, cacheCapacity);
  }

  public EvolutionOptions withObjective(Objective newObjective) {
    return new EvolutionOptions(
        method, founders, regions, newObjective, stop, tones, cacheCapacity);
  }

  public EvolutionOptions withStop(StopRules newStop) {
    return new EvolutionOptions(
        method, founders, regions, objective, newStop, tones, cacheCapacity);
  }

  public EvolutionOptions withTones(Tones newTones) {
    return new EvolutionOptions(
        method, founders, regions, objective, stop, newTones, cacheCapacity);
  }

  public EvolutionOptions withCacheCapacity(int newCacheCapacity) {
    return new EvolutionOptions(
        method, founders, regions, objective, stop, tones, newCacheCapacity);
  }

  /** Changes λ, for all generations, and leaves the rest of the objective. */
  public EvolutionOptions withLambda(double lambda) {
    return withObjective(objective.withPrice(LambdaSchedule.constant(lambda)));
  }

  public EvolutionOptions withGenerations(int generations) {
    return withStop(stop.withGenerations(generations));
  }
}
