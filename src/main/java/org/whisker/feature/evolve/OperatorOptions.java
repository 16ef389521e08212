package org.whisker.feature.evolve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;

/** Crossover and mutation. What is not given stays as the preset has it. */
record OperatorOptions(
    @Option(
            names = "--crossover",
            label = "KIND",
            help = "rectangle, columns, pixel-list, uniform or none. Default: rectangle.")
        Optional<Crossover> crossover,
    @Option(
            names = "--crossover-probability",
            label = "P",
            help = "Probability for each pair of parents.")
        @Nullable Double crossoverProbability,
    @Option(
            names = "--mutation-probability",
            label = "P",
            help = "Probability for each child, gene or pixel (see --mutation-rate-per).")
        @Nullable Double mutationProbability,
    @Option(
            names = "--mutation-rate-per",
            label = "UNIT",
            help = {
              "individual: P is the probability that a child is edited at all.",
              "gene: each black pixel of a child brings about an edit with probability P.",
              "pixel: each pixel of the canvas flips with probability P. Default: individual."
            })
        Optional<Mutation.Per> per,
    @Option(
            names = "--edits",
            label = "MIX",
            help =
                "Kinds of edits and their weights: add, remove, move, nudge, stroke, erase, as in"
                    + " add:3,remove:2.")
        Optional<EditMix> edits,
    @Option(
            names = "--edits-per-mutation",
            label = "N",
            help = "Mean number, or FIRST,LAST,GENERATIONS as in 8,1.2,40.")
        Optional<EditSchedule> editsPerMutation,
    @Option(
            names = "--border",
            label = "POLICY",
            help =
                "What happens to a nudge across the border: resample, clamp, wrap or reflect."
                    + " Default: resample.")
        Optional<Border> border) {
  /**
   * Looks for options that the method has no use for.
   *
   * @throws InvalidRequestException that names one
   */
  void checkFor(MethodOptions method) {
    method.only("--crossover", crossover.isPresent(), MethodOptions.GENETIC);
    method.only("--crossover-probability", crossoverProbability != null, MethodOptions.GENETIC);
    String[] mutating = {MethodOptions.GENETIC, MethodOptions.ANNEALING, MethodOptions.MAP_ELITES};
    method.only("--mutation-probability", mutationProbability != null, mutating);
    method.only("--mutation-rate-per", per.isPresent(), mutating);
    method.only("--edits", edits.isPresent(), mutating);
    method.only("--edits-per-mutation", editsPerMutation.isPresent(), mutating);
    method.only("--border", border.isPresent(), mutating);
    InvalidRequestException.refuse(
        !method.isGenetic() && mutationProbability != null && per.isEmpty(),
        "--mutation-probability "
            + mutationProbability
            + " means nothing to "
            + method.search()
            + ", which always tries a mutation");
  }

  /**
   * The preset's algorithm with these operators.
   *
   * @throws IllegalArgumentException for a value that can't be
   * @throws InvalidRequestException for options that exclude each other
   */
  Genetic of(Genetic base) {
    Genetic g = base.withCrossover(crossover.orElse(base.crossover()));
    if (crossoverProbability != null) {
      InvalidRequestException.refuse(
          g.crossover() == Crossover.NONE,
          "--crossover-probability " + crossoverProbability + " means nothing to --crossover none");
      g = g.withCrossoverProbability(crossoverProbability);
    }
    return g.withMutation(mutation(g.mutation()));
  }

  private Mutation mutation(Mutation base) {
    Mutation m =
        new Mutation(
            mutationProbability == null ? base.probability() : mutationProbability,
            per.orElse(base.per()),
            edits.orElse(base.mix()),
            editsPerMutation.orElse(base.edits()),
            border.orElse(base.border()),
            base.atOnce());
    InvalidRequestException.refuse(
        m.per() == Mutation.Per.GENE && editsPerMutation.isPresent(),
        "--mutation-rate-per gene makes one edit per gene that mutates: leave out"
            + " --edits-per-mutation");
    if (m.per() == Mutation.Per.PIXEL) {
      checkPixelwise();
    } else {
      InvalidRequestException.refuse(
          border.isPresent() && !m.mix().makes(EditKind.NUDGE),
          "--border "
              + border.map(Border::label).orElse("")
              + " needs nudges: give them a weight, as in --edits add:1,nudge:1");
    }
    return m;
  }

  private void checkPixelwise() {
    InvalidRequestException.refuse(
        edits.isPresent() || editsPerMutation.isPresent() || border.isPresent(),
        "--mutation-rate-per pixel flips pixels: leave out --edits, --edits-per-mutation and"
            + " --border");
    InvalidRequestException.refuse(
        mutationProbability == null,
        "--mutation-rate-per pixel needs --mutation-probability, as in 0.0001");
  }
}
