package org.whisker.feature.evolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelCard;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.Objective;
import org.whisker.evolution.Objective.LambdaSchedule;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.Selection;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.Canvas;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.value.Text;

/** How to search: a preset, and what is changed of it. */
record SearchOptions(
    @Option(
            names = "--preset",
            label = "NAME",
            defaultValue = "quick",
            help = {
              "quick: a strong search that stops at p(target) 0.96 (300 generations at most).",
              "question: the setting in which the edge bias was first seen: 100 individuals,"
                  + " crossover 0.8, mutation 0.015, 3,000 generations.",
              "dense: a cat of hundreds of pixels, from founders with 2 %% black pixels, without a"
                  + " penalty per pixel; best with --minimize. Unlike in question, pixels are"
                  + " everywhere from the start."
            })
        String preset,
    @Option(
            names = "--population",
            label = "N",
            help =
                "Individuals in a generation; images in a batch (random, greedy); children"
                    + " (map-elites); chains (annealing, sparse-rs; default: 10); founders (brusle;"
                    + " default: 10).")
        @Nullable Integer population,
    MethodOptions method,
    GeneticOptions genetic,
    OperatorOptions operators,
    FitnessOptions fitness,
    PlaceOptions places) {
  /**
   * Returns these options with at most {@code generations} generations; those of the preset where
   * none are asked for. Regions and founders need a canvas, see {@link #on}.
   *
   * @throws InvalidRequestException for impossible options
   */
  EvolutionOptions options(OptionalInt generations) {
    method.check();
    genetic.checkFor(method);
    operators.checkFor(method);
    places.checkFor(method);
    EvolutionOptions base = base();
    return InvalidRequestException.check(
        () -> searching(places.tinted(fitness.of(base)), generations));
  }

  private EvolutionOptions searching(EvolutionOptions base, OptionalInt generations) {
    if (!method.isGenetic()) {
      StopRules stop = MethodOptions.budget(base.stop(), generations);
      return method.baseline(base.withGenetic(operators::of), stop, population);
    }
    return base.withGenetic(it -> operators.of(genetic.of(it, population)))
        .withGenerations(generations.orElse(base.stop().generations()));
  }

  /**
   * The options with regions and founders on the canvas of this model.
   *
   * @throws InvalidRequestException for a place that there is not on this canvas
   * @throws IOException for a mask or an image that can't be read
   */
  EvolutionOptions on(ModelCard card, EvolutionOptions options) throws IOException {
    Canvas canvas = card.input().canvas();
    return places.on(canvas, options);
  }

  private EvolutionOptions base() {
    return InvalidRequestException.check(() -> EvolutionOptions.preset(preset));
  }

  /** What is searched for and when to stop. What is not given stays as the preset has it. */
  record FitnessOptions(
      @Option(
              names = "--target-class",
              label = "CLASS",
              help = "cat or not-cat: the class that images evolve towards. Default: cat.")
          Optional<TargetClass> targetClass,
      @Option(
              names = "--lambda",
              label = "L",
              help =
                  "Penalty per black pixel, in units of the cross-entropy: a number, or"
                      + " linear:FIRST,LAST,GENERATIONS, or geometric:FIRST,LAST,GENERATIONS.")
          Optional<LambdaSchedule> lambda,
      @Option(
              names = "--fitness-scale",
              label = "S",
              help = "Fitness is offset - S * (cross-entropy + L * pixels). Default: 1.")
          @Nullable Double scale,
      @Option(
              names = "--fitness-offset",
              label = "O",
              help = "The offset of the fitness. Default: 0.")
          @Nullable Double offset,
      @Option(
              names = "--target",
              label = "P",
              help = "Stop a run at this p(target class); 0 turns this off.")
          @Nullable Double target,
      @Option(
              names = "--stagnation",
              label = "N",
              help = "Stop a run after N generations without a fitter image.")
          @Nullable Integer stagnation,
      @Option(
              names = "--max-evaluations",
              label = "N",
              help = "Stop a run after the generation in which N images have been scored.")
          @Nullable Long evaluations) {
    /**
     * The preset's options with these.
     *
     * @throws IllegalArgumentException for a value that can't be
     */
    EvolutionOptions of(EvolutionOptions base) {
      return base.withObjective(objective(base.objective())).withStop(stop(base.stop()));
    }

    private Objective objective(Objective base) {
      return new Objective(
          targetClass.orElse(base.target()),
          lambda.orElse(base.penalty()),
          scale == null ? base.scale() : scale,
          offset == null ? base.offset() : offset);
    }

    private StopRules stop(StopRules base) {
      StopRules s = base;
      if (target != null) {
        s = target == 0 ? s.withoutTarget() : s.withTarget(target);
      }
      s = stagnation == null ? s : s.withStagnation(stagnation);
      return evaluations == null ? s : s.withEvaluations(evaluations);
    }
  }

  /** Options of breeding and replacement. What is not given stays as the preset has it. */
  record GeneticOptions(
      @Option(
              names = "--elites",
              label = "N",
              help = "Number of the fittest that pass to the next generation unchanged.")
          @Nullable Integer elites,
      @Option(
              names = "--offspring",
              label = "N",
              help =
                  "Steady state: N children per step, after which the worst of the population and"
                      + " the children are dropped. A step counts as a generation.")
          @Nullable Integer offspring,
      @Option(
              names = "--selection",
              label = "KIND",
              help =
                  "How parents are chosen: tournament:SIZE, truncation:SHARE, roulette or"
                      + " rank:PRESSURE (1 to 2).")
          Optional<Selection> selection,
      @Option(
              names = "--tournament",
              label = "N",
              help =
                  "Individuals that compete to become a parent; short for --selection"
                      + " tournament:N.")
          @Nullable Integer tournament) {
    /**
     * Looks for options that the method has no use for.
     *
     * @throws InvalidRequestException that names one
     */
    void checkFor(MethodOptions method) {
      method.only("--elites", elites != null, MethodOptions.GENETIC);
      method.only("--offspring", offspring != null, MethodOptions.GENETIC);
      method.only("--selection", selection.isPresent(), MethodOptions.GENETIC);
      method.only("--tournament", tournament != null, MethodOptions.GENETIC);
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
          selection.isPresent() && tournament != null,
          "--selection "
              + selection.map(Selection::label).orElse("")
              + " and --tournament "
              + tournament
              + " exclude each other");
      Genetic g = population == null ? base : sized(base, population);
      InvalidRequestException.refuse(
          elites != null && elites >= g.population(),
          Text.of(
              "--elites %d leave no room for children in a population of %d; lower --elites or"
                  + " raise --population",
              elites, g.population()));
      g = elites == null ? g : g.withElites(elites);
      g = offspring == null ? g : g.withReplacement(new Replacement.SteadyState(offspring));
      g = g.withSelection(selection.orElse(g.selection()));
      g = tournament == null ? g : g.withSelection(new Selection.Tournament(tournament));
      return g;
    }

    /**
     * Sets the population. Where no option says how many elites there are, they are at most half of
     * it.
     */
    private static Genetic sized(Genetic g, int population) {
      int elites = Math.max(0, Math.min(g.elites(), population / 2));
      return g.withElites(elites).withPopulation(population);
    }
  }

  /**
   * Options of where pixels may change, what a run begins with, and which colours pictures are
   * painted in.
   */
  record PlaceOptions(
      @Option(
              names = "--region",
              label = "REGION",
              help = {
                "Where pixels may change: all, center:FRACTION, edge:FRACTION, x0,y0,x1,y1 or"
                    + " mask:FILE (its black pixels may change). @FROM..UNTIL limits a region to"
                    + " these generations, as in center:0.5@0..3000; where several apply, the first"
                    + " counts. Default: all."
              })
          List<String> regions,
      @Option(
              names = "--start",
              label = "START",
              help = {
                "Starting images of a run: pixel (one random pixel each), pixels:N, pixels:P%% (N"
                    + " pixels, or P %% of the region), empty, a REGION (one pixel in it) or an"
                    + " image file. Default: as in the preset."
              })
          Optional<String> start,
      @Option(
              parser = Colour.class,
              names = "--background",
              defaultValue = "1",
              label = "G",
              help = "Gray of the canvas, 0 black to 1 white, or a colour such as #ff8000.")
          Tone background,
      @Option(
              parser = Colour.class,
              names = "--ink",
              defaultValue = "0",
              label = "G",
              help =
                  "Gray of the pixels that evolve, 0 black to 1 white, or a colour such as #ff8000,"
                      + " for a model that sees colours.")
          Tone ink) {
    /** Reads a gray or a colour. */
    static final class Colour implements Option.Parser<Tone> {
      @Override
      public Tone parse(String text) {
        return Tone.parse(text);
      }
    }

    /**
     * Looks for founders that the method has no use for.
     *
     * @throws InvalidRequestException for them
     */
    void checkFor(MethodOptions method) {
      method.only(
          "--start",
          start.isPresent(),
          MethodOptions.GENETIC,
          MethodOptions.ANNEALING,
          MethodOptions.MAP_ELITES);
    }

    /**
     * The options with these colours.
     *
     * @throws IllegalArgumentException for two that a picture file can't tell apart
     */
    EvolutionOptions tinted(EvolutionOptions base) {
      Tones tones = new Tones(background, ink);
      if (background.rounded().equals(ink.rounded())) {
        throw new IllegalArgumentException(
            "--ink must differ from --background by 1/255 or more to be seen in a picture, were "
                + (ink + " and " + background));
      }
      return base.withTones(tones);
    }

    /**
     * The options with these places on the canvas of a model.
     *
     * @throws InvalidRequestException for a place that there is not on this canvas
     * @throws IOException for a mask or an image that can't be read
     */
    EvolutionOptions on(Canvas canvas, EvolutionOptions base) throws IOException {
      PlaceReader reader = new PlaceReader(canvas, base.tones());
      try {
        EvolutionOptions placed =
            base.withRegions(
                InvalidRequestException.check(() -> RegionSchedule.parse(regions, reader::region)));
        return start.isEmpty() ? placed : placed.withFounders(reader.founders(start.get()));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
