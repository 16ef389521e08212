package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.option.Entry;
import org.whisker.value.Checks;

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983): each chain proposes one
 * mutation a generation and accepts it if it is fitter, otherwise with probability exp(Δfitness /
 * temperature). The temperature falls geometrically. Several independent chains form a batch.
 * Positional bias: that of the mutation.
 *
 * @param chains number of chains, at least 1
 * @param mutation proposal distribution; its probability per individual is ignored, since a chain
 *     always proposes a change
 * @param firstTemperature in units of fitness, above 0
 * @param lastTemperature above 0, at most the first
 * @param generations number of generations over which the temperature falls, at least 1; constant
 *     thereafter
 */
@Entry("annealing")
public record Annealing(
    @Entry("population") int chains,
    Mutation mutation,
    double firstTemperature,
    double lastTemperature,
    @Entry("fall_generations") int generations)
    implements SearchMethod {
  /** The usual temperature at first, in units of fitness. */
  public static final double FIRST_TEMPERATURE = 0.05;

  /** The usual temperature at last. */
  public static final double LAST_TEMPERATURE = 0.001;

  public Annealing {
    if (chains < 1 || generations < 1) {
      throw new IllegalArgumentException(
          "chains and generations must be at least 1, were " + chains + " and " + generations);
    }
    boolean falls = lastTemperature > 0 && firstTemperature >= lastTemperature;
    Checks.refuse(
        !falls || !Double.isFinite(firstTemperature),
        "the temperature must fall and stay above 0, was %s to %s",
        firstTemperature,
        lastTemperature);
    mutation = mutation.always();
  }

  @Override
  public int population() {
    return chains;
  }

  @Override
  public List<BlackPixels> founders(FounderRule founders, GenerationContext context) {
    return founders.draw(chains, context);
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    List<BlackPixels> tries = new ArrayList<>(chains);
    for (Individual chain : current.individuals()) {
      tries.add(
          mutation.mutate(
              chain.genome(), context.region(), context.generation(), context.random()));
    }
    return tries;
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    double temperature = temperature(context.generation());
    List<Individual> next = new ArrayList<>(chains);
    for (int i = 0; i < scored.size(); i++) {
      double gain = scored.get(i).fitness() - current.get(i).fitness();
      // always drawn, so that the random numbers of a chain do not depend on the others' outcomes
      boolean taken = context.random().nextDouble() < Math.exp(gain / temperature);
      next.add(taken ? scored.get(i) : current.get(i));
    }
    return new Population(next);
  }

  /** The temperature in this generation, counted from 1. */
  public double temperature(int generation) {
    double passed = Math.min(1, (double) generation / generations);
    return firstTemperature * Math.pow(lastTemperature / firstTemperature, passed);
  }
}
