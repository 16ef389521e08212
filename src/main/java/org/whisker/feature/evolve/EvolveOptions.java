package org.whisker.feature.evolve;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ScoringConfig;
import org.whisker.job.SharedOptions;
import org.whisker.job.TimeText;
import org.whisker.option.Option;
import org.whisker.option.Seed;

/** An experiment, as it is asked for. */
record EvolveOptions(
    @SharedOptions.Model String model,
    @Option(names = "--runs", label = "N", defaultValue = "3", min = 1, help = SharedOptions.RUNS)
        int runs,
    @Option(names = "--generations", label = "N", min = 1, help = SharedOptions.GENERATIONS)
        OptionalInt generations,
    @Seed long seed,
    @Option(
            parser = TimeLimit.class,
            names = "--time",
            label = "T",
            help = "Stop a run after this time, such as 90s, 10m or 2h.")
        Optional<Duration> time,
    SearchOptions search,
    ExtraOptions extras,
    ScoringConfig scoring) {
  /**
   * The experiment. Regions and founders are put on the canvas of the model.
   *
   * @throws InvalidRequestException for what can't be
   * @throws IOException when there is no such model, or a mask or an image can't be read
   */
  EvolveConfig config(WhiskerHome home) throws IOException {
    EvolutionOptions anywhere = search.options(generations);
    scoring.devices(); // before anything takes time
    ModelCard card = Models.card(new ModelStore(home.models()), model);
    EvolutionOptions options = search.on(card, anywhere);
    EvolvePlan plan =
        InvalidRequestException.check(
            () -> new EvolvePlan(options, seed, runs, time, extras.of(options)));
    return new EvolveConfig(model, Optional.of(search.preset()), plan, scoring);
  }

  /** Reads how long a run may take. */
  static final class TimeLimit implements Option.Parser<Duration> {
    @Override
    public Duration parse(String text) {
      return TimeText.parse("--time", text);
    }
  }

  /** What is wanted of each run beyond the search itself. */
  record ExtraOptions(
      @Option(
              names = "--minimize",
              help =
                  "After each run, remove pixels from its best image until none can be spared, and"
                      + " look for pixels whose addition allows more removals; writes minimal.png,"
                      + " minimal.csv, and four columns in summary.csv. Scores images beyond the"
                      + " search's own budget.")
          boolean minimize,
      @Option(
              names = "--minimize-target",
              label = "P",
              help =
                  "The p(target class) that must be kept; an image below it is left unchanged."
                      + " Default: the run's --target, or 0.5 if it has none.")
          @Nullable Double minimizeTarget,
      @Option(
              names = "--minimize-evaluations",
              label = "N",
              help =
                  "Images to score, beyond those that removals need, to find pixels whose addition"
                      + " allows more removals. More of them find smaller images; 0 only removes."
                      + " Default: 100000.")
          @Nullable Long minimizeBudget) {
    private static final long MINIMIZE_BUDGET = 100_000; // a minute or two on a small network

    /**
     * Returns these options for a search.
     *
     * @throws InvalidRequestException for options that contradict each other or the search
     */
    EvolveExtras of(EvolutionOptions options) {
      InvalidRequestException.refuse(
          minimizeTarget != null && !minimize,
          "--minimize-target " + minimizeTarget + " needs --minimize");
      InvalidRequestException.refuse(
          minimizeBudget != null && !minimize,
          "--minimize-evaluations " + minimizeBudget + " needs --minimize");
      double target = minimizeTarget == null ? EvolveExtras.usualTarget(options) : minimizeTarget;
      long budget = minimizeBudget == null ? MINIMIZE_BUDGET : minimizeBudget;
      return InvalidRequestException.check(
          () ->
              new EvolveExtras(
                  minimize ? OptionalDouble.of(target) : OptionalDouble.empty(), budget));
    }
  }
}
