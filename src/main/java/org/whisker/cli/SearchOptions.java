package org.whisker.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelCard;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Replacement;
import org.whisker.evolution.Selection;
import org.whisker.image.Canvas;
import picocli.CommandLine.Mixin;
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
      names = "--elites",
      paramLabel = "N",
      description = "How many of the fittest pass to the next generation as they are.")
  private @Nullable Integer elites;

  @Option(
      names = "--offspring",
      paramLabel = "N",
      description =
          "Steady state: N children a step, and the worst of old and young make room. A step"
              + " counts as a generation.")
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
      description = "Individuals that compete to be a parent: short for --selection tournament:N.")
  private @Nullable Integer tournament;

  @Mixin private final OperatorOptions operators = new OperatorOptions();
  @Mixin private final FitnessOptions fitness = new FitnessOptions();
  @Mixin private final PlaceOptions places = new PlaceOptions();

  String preset() {
    return preset;
  }

  /**
   * These as options for so many generations at most (those of the preset where none are asked
   * for). Regions and founders need a canvas, see {@link #on}.
   *
   * @throws UsageException for impossible ones
   */
  EvolutionOptions options(RunOptions run) {
    EvolutionOptions base = base();
    return UsageException.check(
        () ->
            places
                .tinted(fitness.of(base.withGenetic(this::bred)))
                .withGenerations(run.generations(base.stop().generations())));
  }

  /**
   * The options with regions and founders on the canvas of this model.
   *
   * @throws UsageException for a place that there is not on this canvas
   * @throws IOException for a mask or an image that can't be read
   */
  EvolutionOptions on(ModelCard card, EvolutionOptions options) throws IOException {
    Canvas canvas = new Canvas(card.input().width(), card.input().height());
    return places.on(canvas, options);
  }

  private EvolutionOptions base() {
    return switch (preset) {
      case "quick" -> EvolutionOptions.quick();
      case "question" -> EvolutionOptions.question();
      default ->
          throw new UsageException("--preset must be quick or question, was '" + preset + "'");
    };
  }

  private Genetic bred(Genetic base) {
    UsageException.refuse(
        elites != null && offspring != null,
        "--elites "
            + elites
            + " and --offspring "
            + offspring
            + " exclude each other: in a steady state the fittest stay anyway");
    UsageException.refuse(
        selection != null && tournament != null,
        "--selection " + selection + " and --tournament " + tournament + " exclude each other");
    Genetic g = population == null ? base : sized(base, population);
    g = elites == null ? g : g.withElites(elites);
    g = offspring == null ? g : g.withReplacement(new Replacement.SteadyState(offspring));
    g = selection == null ? g : g.withSelection(Selection.parse(selection));
    g = tournament == null ? g : g.withSelection(new Selection.Tournament(tournament));
    return operators.of(g);
  }

  /** At most half of a small population are elites, where no option says how many. */
  private static Genetic sized(Genetic g, int population) {
    int elites = Math.max(0, Math.min(g.elites(), population / 2));
    return g.withElites(elites).withPopulation(population);
  }
}
