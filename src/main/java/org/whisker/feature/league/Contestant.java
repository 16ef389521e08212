package org.whisker.feature.league;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.BruSLeAttack;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.Greedy;
import org.whisker.evolution.MapElites;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.RandomSearch;
import org.whisker.evolution.SearchMethod;
import org.whisker.evolution.SparseRs;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.job.InvalidRequestException;
import org.whisker.value.Labelled;

/** The searches of a league, each as its authors have it, or as {@code evolve} has it. */
enum Contestant implements Labelled {
  RANDOM("independent images of 1 to 1,000 black pixels") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return by(new RandomSearch(BATCH, RandomSearch.MOST_PIXELS));
    }
  },
  GREEDY("from white, the pixel that helps most, of every fourth in every fourth row") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return by(new Greedy(BATCH, Greedy.STRIDE));
    }
  },
  ANNEALING("one chain of the mutations of quick, temperature 0.05 to 0.001 (Kirkpatrick 1983)") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return by(
          new Annealing(
              1, mutation(), Annealing.FIRST_TEMPERATURE, Annealing.LAST_TEMPERATURE, steps));
    }
  },
  SPARSE_RS("one chain of pixels that move (Croce 2022)") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return by(new SparseRs(1, pixels, SparseRs.FIRST_SHARE, steps));
    }
  },
  BRUSLE("one chain of pixels, drawn by what was learnt of each (Vo 2024)") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return by(new BruSLeAttack(BruSLeAttack.FOUNDERS, pixels, BruSLeAttack.FIRST_SHARE));
    }
  },
  MAP_ELITES("the mutations of quick, the fittest by number of pixels and E (Mouret 2015)") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return by(new MapElites(CHILDREN, mutation(), MapElites.BINS));
    }
  },
  QUESTION("the genetic algorithm in which the edge bias was first seen") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return EvolutionOptions.question();
    }
  },
  QUICK("a genetic algorithm of many edits, the preset of evolve") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return EvolutionOptions.quick();
    }
  },
  DENSE("a genetic algorithm of strokes, from 2 % black pixels, without a penalty") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      return EvolutionOptions.dense();
    }
  },
  /**
   * {@code evolve --search annealing --population 1 --start pixels:0.3% --lambda 0.0002
   * --temperature 0.001,0.0001 --edits add:1,remove:2,move:3,nudge:3,stroke:1,erase:1
   * --edits-per-mutation 8,1.2,300}.
   */
  CHAIN(
      "one chain of strokes, moves and nudges from 0.3 % black pixels, several at once at first") {
    @Override
    EvolutionOptions search(int pixels, int steps) {
      Mutation edits =
          new Mutation(1, new EditMix(1, 2, 3, 3, 1, 1), new EditSchedule(8, 1.2, SEVERAL));
      return EvolutionOptions.dense()
          .withFounders(new FounderRule.Share(FEW))
          .withLambda(PENALTY)
          .withMethod(new Annealing(1, edits, WARM, COOL, steps));
    }
  };

  private static final int SEVERAL = 300;
  private static final double PENALTY = 0.0002; // as quick
  private static final double FEW = 0.003;
  private static final double WARM = 0.001;
  private static final double COOL = 0.0001;

  private static final int BATCH = 100;
  private static final int CHILDREN = 20;

  private final String what;

  Contestant(String what) {
    this.what = what;
  }

  /** Name in options and files. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it does, in a line. */
  String what() {
    return what;
  }

  /**
   * The search with the limits of the league.
   *
   * @param base the limits of a run, and where pixels may change
   * @param pixels black pixels, where their number is kept
   * @param steps images that a single chain scores until its schedule ends
   */
  EvolutionOptions options(EvolutionOptions base, int pixels, int steps) {
    return search(pixels, steps).withLimitsOf(base).withRegions(base.regions());
  }

  abstract EvolutionOptions search(int pixels, int steps);

  /** The founders and the fitness of quick, with another method. */
  private static EvolutionOptions by(SearchMethod method) {
    return EvolutionOptions.quick().withMethod(method);
  }

  private static Mutation mutation() {
    return EvolutionOptions.quick().genetic().mutation();
  }

  /**
   * The search of this name.
   *
   * @throws InvalidRequestException that lists all, if there is no such search
   */
  static Contestant parse(String label) {
    return Labelled.find(values(), label)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "--searches must be all or some of "
                        + Arrays.stream(values())
                            .map(Contestant::label)
                            .collect(Collectors.joining(", "))
                        + ", was '"
                        + label
                        + "'"));
  }
}
