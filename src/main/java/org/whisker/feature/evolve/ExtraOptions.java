package org.whisker.feature.evolve;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** What is wanted of each run beyond the search itself. */
final class ExtraOptions {
  private static final long MINIMIZE_BUDGET = 100_000; // a minute or two on a small network

  @Option(
      names = "--minimize",
      description =
          "After each run, remove pixels from its best image until none can be spared, and look"
              + " for pixels whose addition allows more removals; writes minimal.png,"
              + " minimal.csv, and four columns in summary.csv. Scores images beyond the search's"
              + " own budget.")
  private boolean minimize;

  @Option(
      names = "--minimize-target",
      paramLabel = "P",
      description =
          "The p(target class) that must be kept; an image below it is left unchanged. Default:"
              + " the run's --target, or 0.5 if it has none.")
  private @Nullable Double minimizeTarget;

  @Option(
      names = "--minimize-evaluations",
      paramLabel = "N",
      description =
          "Images to score, beyond those that removals need, to find pixels whose addition allows"
              + " more removals. More of them find smaller images; 0 only removes. Default:"
              + " 100000.")
  private @Nullable Long minimizeBudget;

  @Option(
      names = "--trace",
      description =
          "Write trace.csv, one row for each child (its parents, crossover, edits) and for each"
              + " slot of the next population:"
              + " generation,event,index,parent,mate,crossover,crossover_drawn,edits,previous,child."
              + " Large.")
  private boolean trace;

  /**
   * These for a search.
   *
   * @throws InvalidRequestException for what can't be
   */
  EvolveExtras of(EvolutionOptions options) {
    InvalidRequestException.refuse(
        minimizeTarget != null && !minimize,
        "--minimize-target " + minimizeTarget + " needs --minimize");
    InvalidRequestException.refuse(
        minimizeBudget != null && !minimize,
        "--minimize-evaluations " + minimizeBudget + " needs --minimize");
    InvalidRequestException.refuse(
        trace && !options.method().label().equals(MethodOptions.GENETIC),
        "--trace is for --search genetic; " + options.method().label() + " has no parents");
    double target = minimizeTarget == null ? EvolveExtras.usualTarget(options) : minimizeTarget;
    long budget = minimizeBudget == null ? MINIMIZE_BUDGET : minimizeBudget;
    return InvalidRequestException.check(
        () ->
            new EvolveExtras(
                minimize ? OptionalDouble.of(target) : OptionalDouble.empty(), budget, trace));
  }
}
