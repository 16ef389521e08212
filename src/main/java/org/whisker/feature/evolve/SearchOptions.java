package org.whisker.feature.evolve;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelCard;
import org.whisker.command.RunOptions;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to search: a preset, and what is changed of it. */
public final class SearchOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = EvolveConfig.PRESET,
      description = {
        "quick: a strong search that stops at p(cat) 0.96 (300 generations at most).",
        "question: the setting in which the edge bias was first seen: 100 individuals, crossover"
            + " 0.8, mutation 0.015, 3,000 generations.",
        "dense: a cat of hundreds of pixels, from founders with 2 %% black pixels, without a"
            + " penalty per pixel; best with --minimize. Unlike in question, pixels are"
            + " everywhere from the start. Default: quick."
      })
  private String preset = EvolveConfig.PRESET;

  @Option(
      names = "--population",
      paramLabel = "N",
      description =
          "Individuals in a generation; images in a batch (random, greedy); chains (annealing,"
              + " sparse-rs; default: 10).")
  private @Nullable Integer population;

  @Mixin private final MethodOptions method = new MethodOptions();
  @Mixin private final GeneticOptions genetic = new GeneticOptions();
  @Mixin private final OperatorOptions operators = new OperatorOptions();
  @Mixin private final FitnessOptions fitness = new FitnessOptions();
  @Mixin private final PlaceOptions places = new PlaceOptions();

  public String preset() {
    return preset;
  }

  /**
   * These as options for so many generations at most (those of the preset where none are asked
   * for). Regions and founders need a canvas, see {@link #on}.
   *
   * @throws InvalidRequestException for impossible ones
   */
  EvolutionOptions options(RunOptions run) {
    method.check();
    genetic.checkFor(method);
    operators.checkFor(method);
    places.checkFor(method);
    EvolutionOptions base = base();
    return InvalidRequestException.check(() -> searching(places.tinted(fitness.of(base)), run));
  }

  private EvolutionOptions searching(EvolutionOptions base, RunOptions run) {
    if (!method.isGenetic()) {
      StopRules stop = MethodOptions.budget(base.stop(), run.generations());
      return method.baseline(base.withGenetic(operators::of), stop, population);
    }
    return base.withGenetic(it -> operators.of(genetic.of(it, population)))
        .withGenerations(run.generations(base.stop().generations()));
  }

  /**
   * The options with regions and founders on the canvas of this model.
   *
   * @throws InvalidRequestException for a place that there is not on this canvas
   * @throws IOException for a mask or an image that can't be read
   */
  EvolutionOptions on(ModelCard card, EvolutionOptions options) throws IOException {
    Canvas canvas = new Canvas(card.input().width(), card.input().height());
    return places.on(canvas, options);
  }

  private EvolutionOptions base() {
    return InvalidRequestException.check(() -> EvolutionOptions.preset(preset));
  }
}
