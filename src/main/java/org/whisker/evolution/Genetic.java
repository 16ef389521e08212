package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.BlackPixels;

/**
 * The generational genetic algorithm with elitism.
 *
 * @param population individuals in a generation, at least 2
 * @param crossoverProbability per pair of parents, 0 to 1; other pairs are copied
 * @param elites how many of the fittest pass to the next generation as they are, less than the
 *     population
 */
public record Genetic(
    int population,
    Crossover crossover,
    double crossoverProbability,
    Mutation mutation,
    Selection selection,
    int elites)
    implements SearchMethod {

  public Genetic {
    if (population < 2) {
      throw new IllegalArgumentException("population must be at least 2, was " + population);
    }
    Probability.check("crossover probability", crossoverProbability);
    if (elites < 0 || elites >= population) {
      throw new IllegalArgumentException(
          "elites must be 0 to " + (population - 1) + ", was " + elites);
    }
  }

  @Override
  public String label() {
    return "genetic";
  }

  @Override
  public List<BlackPixels> founders(Founders founders, Step step) {
    List<BlackPixels> genomes = new ArrayList<>(population);
    for (int i = 0; i < population; i++) {
      genomes.add(founders.draw(step));
    }
    return genomes;
  }

  @Override
  public List<BlackPixels> propose(Population current, Step step) {
    return new Breeder(this).children(current, step);
  }

  @Override
  public Population accept(Population current, List<Individual> scored, Step step) {
    List<Individual> next = new ArrayList<>(current.elites(elites));
    next.addAll(scored);
    return new Population(next);
  }

  public Genetic withPopulation(int newPopulation) {
    return new Genetic(newPopulation, crossover, crossoverProbability, mutation, selection, elites);
  }

  public Genetic withCrossover(Crossover newCrossover) {
    return new Genetic(population, newCrossover, crossoverProbability, mutation, selection, elites);
  }

  public Genetic withCrossoverProbability(double newProbability) {
    return new Genetic(population, crossover, newProbability, mutation, selection, elites);
  }

  public Genetic withMutation(Mutation newMutation) {
    return new Genetic(population, crossover, crossoverProbability, newMutation, selection, elites);
  }

  public Genetic withSelection(Selection newSelection) {
    return new Genetic(population, crossover, crossoverProbability, mutation, newSelection, elites);
  }

  public Genetic withElites(int newElites) {
    return new Genetic(population, crossover, crossoverProbability, mutation, selection, newElites);
  }
}
