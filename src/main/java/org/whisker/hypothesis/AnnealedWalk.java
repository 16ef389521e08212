package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Objective;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/**
 * The time at which simulated annealing crosses a fitness valley: each chain is a Markov chain over
 * the number of black pixels, with the search's own edits and its own falling temperature. A number
 * of pixels is represented by images on the cheapest paths; from these, edits are drawn and scored,
 * so that a proposal may add, take away and move several pixels at once, and each is accepted with
 * its own probability. A chain has crossed when it proposes an image that is better than white.
 *
 * <p>That the number of pixels is all that a chain remembers is exact where pixels are alike. Where
 * they are not, a chain's images are assumed to be as good as those of the cheapest paths.
 */
final class AnnealedWalk {
  /** Proposals from white, and from each other number of pixels, for each phase of the schedule. */
  private static final int FROM_WHITE = 512;

  private static final int FROM_OTHERS = 48;

  /** While the number of edits falls, and after. */
  private static final int PHASES = 5;

  private final Annealing method;
  private final List<List<State>> phases;

  /**
   * Proposals from images with a number of pixels.
   *
   * @param gain the gain of fitness by each
   * @param to the number of pixels that each has; −1 where it is better than white
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record State(double[] gain, int[] to) {}

  /** A valley's landscape, as a search sees it. */
  record Landscape(Objective objective, Region region, double white) {
    double fitness(double logit, BlackPixels image) {
      return objective.fitness(logit, image.count(), 1);
    }
  }

  /**
   * Draws and scores the proposals.
   *
   * @param byCount images along the cheapest paths by their number of pixels, from white on
   */
  AnnealedWalk(
      Annealing method,
      Landscape landscape,
      List<List<BlackPixels>> byCount,
      LogitSource scores,
      RandomGenerator random) {
    this.method = method;
    this.phases = new ArrayList<>();
    int falling = method.mutation().edits().generations();
    for (int phase = 0; phase < PHASES; phase++) {
      int generation = 1 + phase * falling / (PHASES - 1);
      List<State> states = new ArrayList<>();
      for (List<BlackPixels> images : byCount) {
        int tries = images.get(0).count() == 0 ? FROM_WHITE : FROM_OTHERS;
        states.add(state(images, tries, generation, byCount.size() - 1, landscape, scores, random));
      }
      phases.add(states);
    }
  }

  private State state(
      List<BlackPixels> images,
      int tries,
      int generation,
      int most,
      Landscape landscape,
      LogitSource scores,
      RandomGenerator random) {
    List<BlackPixels> parents = new ArrayList<>();
    List<BlackPixels> children = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      BlackPixels parent = images.get(random.nextInt(images.size()));
      parents.add(parent);
      children.add(method.mutation().mutate(parent, landscape.region(), generation, random));
    }
    float[] before = scores.logits(parents);
    float[] after = scores.logits(children);
    double[] gain = new double[tries];
    int[] to = new int[tries];
    for (int i = 0; i < tries; i++) {
      BlackPixels child = children.get(i);
      gain[i] = landscape.fitness(after[i], child) - landscape.fitness(before[i], parents.get(i));
      boolean better = child.count() > 0 && after[i] < landscape.white();
      to[i] = better ? -1 : Math.min(most, child.count());
    }
    return new State(gain, to);
  }

  /**
   * What is predicted.
   *
   * @param median images until half of all runs have crossed, founders included; empty where a
   *     chain never can
   * @param within share of the runs that cross within the images that they score
   */
  record Crossing(OptionalDouble median, double within) {}

  /**
   * All chains of a run.
   *
   * @param founders as its chains begin with
   * @param images the number of images that a run scores
   */
  Crossing crossing(List<BlackPixels> founders, long images) {
    int chains = method.chains();
    long generations = Math.max(1, images / chains - 1);
    double[] mass = new double[phases.get(0).size()];
    founders.forEach(
        founder -> mass[Math.min(mass.length - 1, founder.count())] += 1.0 / founders.size());
    double left = 1;
    double before = 1;
    OptionalDouble median = OptionalDouble.empty();
    for (int generation = 1; generation <= generations; generation++) {
      next(mass, generation);
      before = left;
      left = Arrays.stream(mass).sum();
      if (median.isEmpty() && Math.pow(left, chains) <= 0.5) {
        median = OptionalDouble.of((double) chains * (1 + generation));
      }
    }
    double within = Math.max(0, 1 - Math.pow(left, chains)); // rounding
    return new Crossing(
        median.isPresent() ? median : extrapolated(left, before, generations), within);
  }

  /**
   * Extrapolates the median, supposing that chains go on crossing at the rate of the last
   * generation.
   */
  private OptionalDouble extrapolated(double left, double before, long generations) {
    double rate = Math.log(before) - Math.log(left);
    double lacking = Math.log(2) / method.chains() + Math.log(left);
    return rate > 0
        ? OptionalDouble.of(method.chains() * (1 + generations + lacking / rate))
        : OptionalDouble.empty();
  }

  /** Moves the chains on by one generation. */
  private void next(double[] mass, int generation) {
    double temperature = method.temperature(generation);
    int falling = method.mutation().edits().generations();
    int phase = (int) Math.round((PHASES - 1) * Math.min(1, (generation - 1) / (double) falling));
    double[] next = new double[mass.length];
    for (int count = 0; count < mass.length; count++) {
      if (mass[count] > 0) {
        State state = phases.get(phase).get(count);
        double each = mass[count] / state.to().length;
        for (int i = 0; i < state.to().length; i++) {
          double taken = each * Math.min(1, Math.exp(state.gain()[i] / temperature));
          next[count] += each - taken;
          if (state.to()[i] >= 0) {
            next[state.to()[i]] += taken;
          }
        }
      }
    }
    System.arraycopy(next, 0, mass, 0, mass.length);
  }
}
