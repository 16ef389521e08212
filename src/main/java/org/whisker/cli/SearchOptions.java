package org.whisker.cli;

import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Crossover;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Selection;
import picocli.CommandLine.Option;

/** The genetic algorithm: a preset, and what is changed of it. */
final class SearchOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "quick",
      description = {
        "quick: a strong search that stops at p(cat) 0.96 (300 generations at most).",
        "question: the setting in which the edge bias was seen: 100 individuals,"
            + " crossover 0.8, mutation 0.015, 3,000 generations. Default: quick."
      })
  private String preset = "quick";

  @Option(names = "--population", paramLabel = "N", description = "Individuals in a generation.")
  private @Nullable Integer population;

  @Option(
      names = "--crossover",
      paramLabel = "KIND",
      description = "rectangle, columns or pixel-list. Default: rectangle.")
  private @Nullable String crossover;

  @Option(
      names = "--crossover-probability",
      paramLabel = "P",
      description = "For each pair of parents.")
  private @Nullable Double crossoverProbability;

  @Option(names = "--mutation-probability", paramLabel = "P", description = "For each child.")
  private @Nullable Double mutationProbability;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "What a black pixel costs, in units of the cross-entropy.")
  private @Nullable Double lambda;

  @Option(
      names = "--tournament",
      paramLabel = "N",
      description = "Individuals that compete to be a parent.")
  private @Nullable Integer tournament;

  @Option(
      names = "--target",
      paramLabel = "P",
      description = "Stop a run at this p(cat); 0 never stops for it.")
  private @Nullable Double target;

  String preset() {
    return preset;
  }

  /**
   * These as options for so many generations at most (those of the preset where none are asked
   * for).
   *
   * @throws UsageException for impossible ones
   */
  EvolutionOptions options(RunOptions run) {
    EvolutionOptions base = base();
    return UsageException.check(
        () -> changed(base).withGenerations(run.generations(base.stop().generations())));
  }

  private EvolutionOptions base() {
    return switch (preset) {
      case "quick" -> EvolutionOptions.quick();
      case "question" -> EvolutionOptions.question();
      default ->
          throw new UsageException("--preset must be quick or question, was '" + preset + "'");
    };
  }

  private EvolutionOptions changed(EvolutionOptions base) {
    EvolutionOptions o = base;
    o = o.withGenetic(this::bred);
    o = lambda == null ? o : o.withLambda(lambda);
    if (target != null) {
      o = o.withStop(target == 0 ? o.stop().withoutTarget() : o.stop().withTarget(target));
    }
    return o;
  }

  private Genetic bred(Genetic base) {
    Genetic g = base;
    g = population == null ? g : sized(g, population);
    g = crossover == null ? g : g.withCrossover(Crossover.parse(crossover));
    g = crossoverProbability == null ? g : g.withCrossoverProbability(crossoverProbability);
    g =
        mutationProbability == null
            ? g
            : g.withMutation(g.mutation().withProbability(mutationProbability));
    return tournament == null ? g : g.withSelection(new Selection.Tournament(tournament));
  }

  /** At most half of a small population are elites, since no option says how many. */
  private static Genetic sized(Genetic g, int population) {
    int elites = Math.max(0, Math.min(g.elites(), population / 2));
    return g.withElites(elites).withPopulation(population);
  }
}
