package org.whisker.feature.evolve;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.BruSLeAttack;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Greedy;
import org.whisker.evolution.MapElites;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.RandomSearch;
import org.whisker.evolution.SearchMethod;
import org.whisker.evolution.SparseRs;
import org.whisker.evolution.StopRules;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;

/**
 * How to search: by the genetic algorithm or by one of the baselines, which take objective, regions
 * and stop rules from the same options, so that they can be compared at equal evaluations.
 */
record MethodOptions(
    @Option(
            names = "--search",
            label = "METHOD",
            defaultValue = "genetic",
            help = {
              "genetic, or a baseline to compare it with: random (independent images), greedy (from"
                  + " white, one pixel at a time), annealing (chains of mutations), sparse-rs (a"
                  + " fixed number of pixels that move), brusle (likewise, drawn by what was learnt"
                  + " of each), map-elites (the fittest image by number of pixels and by E).",
              "Baselines score 10,000 images if neither --generations nor --max-evaluations is"
                  + " given."
            })
        String search,
    @Option(
            names = "--pixels",
            label = "N",
            help =
                "sparse-rs, brusle: black pixels of each image (default: 50); random: the maximum"
                    + " of an image (default: 1000).")
        @Nullable Integer pixels,
    @Option(
            names = "--probe-stride",
            label = "N",
            help = "greedy: probe every N-th pixel of every N-th row (default: 4).")
        @Nullable Integer probeStride,
    @Option(
            names = "--temperature",
            label = "FIRST,LAST",
            help =
                "annealing: the temperature falls from FIRST to LAST, in units of fitness, over all"
                    + " generations (default: 0.05,0.001).")
        Optional<String> temperature) {
  static final String GENETIC = "genetic";
  static final String ANNEALING = "annealing";
  private static final String RANDOM = "random";
  private static final String GREEDY = "greedy";
  private static final String SPARSE_RS = "sparse-rs";
  private static final String BRUSLE = "brusle";
  static final String MAP_ELITES = "map-elites";
  private static final List<String> NAMES =
      List.of(GENETIC, RANDOM, GREEDY, ANNEALING, SPARSE_RS, BRUSLE, MAP_ELITES);
  private static final long BUDGET = 10_000;
  private static final int CHAINS = 10;
  private static final int SPARSE = 50;

  boolean isGenetic() {
    return search.equals(GENETIC);
  }

  /**
   * Looks for a method that there is not, and for options of another one.
   *
   * @throws InvalidRequestException that names what is wrong
   */
  void check() {
    InvalidRequestException.refuse(
        !NAMES.contains(search),
        "--search must be " + String.join(", ", NAMES) + ", was '" + search + "'");
    only("--pixels", pixels != null, SPARSE_RS, BRUSLE, RANDOM);
    only("--probe-stride", probeStride != null, GREEDY);
    only("--temperature", temperature.isPresent(), ANNEALING);
  }

  /**
   * Refuses an option that was given although the method is none of these.
   *
   * @throws InvalidRequestException that says which it is for
   */
  void only(String option, boolean given, String... methods) {
    InvalidRequestException.refuse(
        given && !List.of(methods).contains(search),
        option + " is for --search " + String.join(" or ", methods) + ", not for " + search);
  }

  /**
   * The options with the baseline that is asked for, and its schedules as long as the run.
   *
   * @param genetic with the mutation that annealing takes over
   * @param stop the stop of the run
   * @param population chains, or images in a batch; null for the method's own default
   * @throws IllegalArgumentException for values that can't be
   */
  EvolutionOptions baseline(
      EvolutionOptions genetic, StopRules stop, @Nullable Integer population) {
    int chains = population == null ? CHAINS : population;
    int batch = population == null ? genetic.method().population() : population;
    int length = length(stop, chains);
    SearchMethod method =
        switch (search) {
          case RANDOM ->
              new RandomSearch(batch, pixels == null ? RandomSearch.MOST_PIXELS : pixels);
          case GREEDY -> new Greedy(batch, probeStride == null ? Greedy.STRIDE : probeStride);
          case ANNEALING -> annealing(chains, genetic.genetic().mutation(), length);
          case BRUSLE ->
              new BruSLeAttack(chains, pixels == null ? SPARSE : pixels, BruSLeAttack.FIRST_SHARE);
          case MAP_ELITES -> new MapElites(batch, genetic.genetic().mutation(), MapElites.BINS);
          default ->
              new SparseRs(chains, pixels == null ? SPARSE : pixels, SparseRs.FIRST_SHARE, length);
        };
    return genetic.withMethod(method).withStop(stop);
  }

  private Annealing annealing(int chains, Mutation mutation, int length) {
    if (temperature.isEmpty()) {
      return new Annealing(
          chains, mutation, Annealing.FIRST_TEMPERATURE, Annealing.LAST_TEMPERATURE, length);
    }
    String[] ends = temperature.get().split(",", -1);
    try {
      InvalidRequestException.refuse(ends.length != 2, wrongTemperature());
      double first = Double.parseDouble(ends[0]);
      double last = Double.parseDouble(ends[1]);
      return new Annealing(chains, mutation, first, last, length);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(wrongTemperature());
    }
  }

  private String wrongTemperature() {
    return "--temperature must be FIRST,LAST as in 0.05,0.001, was '"
        + temperature.orElse("")
        + "'";
  }

  /** The number of generations in which the chains spend the budget, founders included. */
  private static int length(StopRules stop, int chains) {
    if (stop.evaluations().isEmpty() || chains < 1) {
      return Math.max(1, stop.generations());
    }
    long steps = (stop.evaluations().getAsLong() - 1) / chains; // the founders are one more
    return (int) Math.max(1, Math.min(steps, stop.generations()));
  }

  /**
   * The stop rules of a baseline: it stops by the images it scores, unless generations are asked
   * for.
   *
   * @param asked how many generations were asked for
   */
  static StopRules budget(StopRules stop, OptionalInt asked) {
    if (asked.isPresent()) {
      return stop.withGenerations(asked.getAsInt());
    }
    long most = stop.evaluations().orElse(BUDGET);
    // so many that the budget ends it: each scores something new, but for a few
    return stop.withEvaluations(most).withGenerations((int) Math.min(most, Integer.MAX_VALUE));
  }
}
