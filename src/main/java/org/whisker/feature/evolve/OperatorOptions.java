package org.whisker.feature.evolve;

import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** Crossover and mutation. What is not given stays as the preset has it. */
final class OperatorOptions {
  @Option(
      names = "--crossover",
      paramLabel = "KIND",
      description = "rectangle, columns, pixel-list, uniform or none. Default: rectangle.")
  private @Nullable String crossover;

  @Option(
      names = "--crossover-probability",
      paramLabel = "P",
      description = "Probability for each pair of parents.")
  private @Nullable Double crossoverProbability;

  @Option(
      names = "--mutation-probability",
      paramLabel = "P",
      description = "Probability for each child, gene or pixel (see --mutation-rate-per).")
  private @Nullable Double mutationProbability;

  @Option(
      names = "--mutation-rate-per",
      paramLabel = "UNIT",
      description = {
        "individual: P is the probability that a child is edited at all.",
        "gene: each black pixel of a child brings about an edit with probability P.",
        "pixel: each pixel of the canvas flips with probability P. Default: individual."
      })
  private @Nullable String per;

  @Option(
      names = "--edits",
      paramLabel = "MIX",
      description =
          "Kinds of edits and their weights: add, remove, move, nudge, stroke, erase, as in"
              + " add:3,remove:2.")
  private @Nullable String edits;

  @Option(
      names = "--edits-per-mutation",
      paramLabel = "N",
      description = "Mean number, or FIRST,LAST,GENERATIONS as in 8,1.2,40.")
  private @Nullable String editsPerMutation;

  @Option(
      names = "--border",
      paramLabel = "POLICY",
      description =
          "What happens to a nudge across the border: resample, clamp, wrap or reflect. Default:"
              + " resample.")
  private @Nullable String border;

  /**
   * Looks for options that the method has no use for.
   *
   * @throws InvalidRequestException that names one
   */
  void checkFor(MethodOptions method) {
    method.only("--crossover", crossover, MethodOptions.GENETIC);
    method.only("--crossover-probability", crossoverProbability, MethodOptions.GENETIC);
    String[] mutating = {MethodOptions.GENETIC, MethodOptions.ANNEALING};
    method.only("--mutation-probability", mutationProbability, mutating);
    method.only("--mutation-rate-per", per, mutating);
    method.only("--edits", edits, mutating);
    method.only("--edits-per-mutation", editsPerMutation, mutating);
    method.only("--border", border, mutating);
    InvalidRequestException.refuse(
        !method.isGenetic() && mutationProbability != null && per == null,
        "--mutation-probability "
            + mutationProbability
            + " means nothing to annealing, which always tries a mutation");
  }

  /**
   * The preset's algorithm with these operators.
   *
   * @throws IllegalArgumentException for a value that can't be
   * @throws InvalidRequestException for options that exclude each other
   */
  Genetic of(Genetic base) {
    Genetic g = crossover == null ? base : base.withCrossover(Crossover.parse(crossover));
    if (crossoverProbability != null) {
      InvalidRequestException.refuse(
          g.crossover() == Crossover.NONE,
          "--crossover-probability " + crossoverProbability + " means nothing to --crossover none");
      g = g.withCrossoverProbability(crossoverProbability);
    }
    return g.withMutation(mutation(g.mutation()));
  }

  private Mutation mutation(Mutation base) {
    Mutation m = per == null ? base : base.withPer(Mutation.Per.parse(per));
    m = mutationProbability == null ? m : m.withProbability(mutationProbability);
    m = edits == null ? m : m.withMix(EditMix.parse(edits));
    m = editsPerMutation == null ? m : m.withEdits(EditSchedule.parse(editsPerMutation));
    m = border == null ? m : m.withBorder(Border.parse(border));
    InvalidRequestException.refuse(
        m.per() == Mutation.Per.GENE && editsPerMutation != null,
        "--mutation-rate-per gene makes one edit per gene that mutates: leave out"
            + " --edits-per-mutation");
    if (m.per() == Mutation.Per.PIXEL) {
      checkPixelwise();
    } else {
      InvalidRequestException.refuse(
          border != null && !m.mix().makes(EditKind.NUDGE),
          "--border " + border + " needs nudges: give them a weight, as in --edits add:1,nudge:1");
    }
    return m;
  }

  private void checkPixelwise() {
    InvalidRequestException.refuse(
        edits != null || editsPerMutation != null || border != null,
        "--mutation-rate-per pixel flips pixels: leave out --edits, --edits-per-mutation and"
            + " --border");
    InvalidRequestException.refuse(
        mutationProbability == null,
        "--mutation-rate-per pixel needs --mutation-probability, as in 0.0001");
  }
}
