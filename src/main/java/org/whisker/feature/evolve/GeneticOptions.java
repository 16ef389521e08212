package org.whisker.feature.evolve;

import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Replacement;
import org.whisker.evolution.Selection;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** Who breeds and who makes room. What is not given stays as the preset has it. */
final class GeneticOptions {
  @Option(
      names = "--elites",
      paramLabel = "N",
      description = "Number of the fittest that pass to the next generation unchanged.")
  private @Nullable Integer elites;

  @Option(
      names = "--offspring",
      paramLabel = "N",
      description =
          "Steady state: N children per step, after which the worst of the population and the"
              + " children are dropped. A step counts as a generation.")
  private @Nullable Integer offspring;

  @Option(
      names = "--selection",
      paramLabel = "KIND",
      description =
          "How parents are chosen: tournament:SIZE, truncation:SHARE, roulette or rank:PRESSURE"
              + " (1 to 2).")
  private @Nullable String selection;

  @Option(
      names = "--tournament",
      paramLabel = "N",
      description =
          "Individuals that compete to become a parent; short for --selection tournament:N.")
  private @Nullable Integer tournament;

  /**
   * Looks for options that the method has no use for.
   *
   * @throws InvalidRequestException that names one
   */
  void checkFor(MethodOptions method) {
    method.only("--elites", elites, MethodOptions.GENETIC);
    method.only("--offspring", offspring, MethodOptions.GENETIC);
    method.only("--selection", selection, MethodOptions.GENETIC);
    method.only("--tournament", tournament, MethodOptions.GENETIC);
  }

  /**
   * The preset's algorithm with these.
   *
   * @throws IllegalArgumentException for a value that can't be
   * @throws InvalidRequestException for options that exclude each other
   */
  Genetic of(Genetic base, @Nullable Integer population) {
    InvalidRequestException.refuse(
        elites != null && offspring != null,
        "--elites "
            + elites
            + " and --offspring "
            + offspring
            + " exclude each other: in a steady state the fittest stay anyway");
    InvalidRequestException.refuse(
        selection != null && tournament != null,
        "--selection " + selection + " and --tournament " + tournament + " exclude each other");
    Genetic g = population == null ? base : sized(base, population);
    g = elites == null ? g : g.withElites(elites);
    g = offspring == null ? g : g.withReplacement(new Replacement.SteadyState(offspring));
    g = selection == null ? g : g.withSelection(Selection.parse(selection));
    g = tournament == null ? g : g.withSelection(new Selection.Tournament(tournament));
    return g;
  }

  /** At most half of a small population are elites, where no option says how many. */
  private static Genetic sized(Genetic g, int population) {
    int elites = Math.max(0, Math.min(g.elites(), population / 2));
    return g.withElites(elites).withPopulation(population);
  }
}
