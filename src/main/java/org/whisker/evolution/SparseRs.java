package org.whisker.evolution;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.operator.Sites;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;
import org.whisker.option.Entry;
import org.whisker.value.Checks;

/**
 * Sparse-RS (Croce, Andriushchenko, Singh, Flammarion and Hein, AAAI 2022, arXiv 2006.12834) for
 * images of two tones: a set of {@code pixels} black pixels, of which a share moves to new random
 * positions; the change is kept if it improves fitness. The share follows the schedule of the
 * authors' L0 attack. Several independent chains form a batch. Positions are uniform: no positional
 * bias. The number of black pixels is constant, so λ has no effect; founders are random sets.
 *
 * @param chains number of chains, at least 1
 * @param pixels black pixels per image, at least 1; limited by the size of the region
 * @param firstShare the share that moves at first, above 0, at most 1 (the authors' 0.3)
 * @param generations number of generations of the schedule, at least 1
 */
@Entry("sparse-rs")
public record SparseRs(
    @Entry("population") int chains,
    int pixels,
    double firstShare,
    @Entry("fall_generations") int generations)
    implements SearchMethod {
  /** The share that moves at first, as the authors have it. */
  public static final double FIRST_SHARE = 0.3;

  // Schedule: from these ten-thousandths of the generations on, the first share is divided by this.
  private static final int[] SINCE = {0, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};
  private static final int[] DIVISORS = {2, 4, 5, 6, 8, 10, 12, 15, 20};
  private static final double PARTS = 10_000;

  public SparseRs {
    Checks.refuse(
        chains < 1 || pixels < 1 || generations < 1,
        "chains, pixels and generations must be at least 1, were %d, %d and %d",
        chains,
        pixels,
        generations);
    Checks.require(
        firstShare > 0 && firstShare <= 1,
        "the first share must be above 0 and at most 1, was %s",
        firstShare);
  }

  @Override
  public int population() {
    return chains;
  }

  @Override
  public List<BlackPixels> founders(FounderRule founders, GenerationContext context) {
    int count = Math.min(pixels, context.region().size());
    return new FounderRule.Pixels(count).draw(chains, context);
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    int moved = (int) Math.max(1, share(context.generation()) * pixels);
    return current.individuals().stream()
        .map(chain -> moved(chain.genome(), moved, context.region(), context.random()))
        .toList();
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    List<Individual> next = new ArrayList<>(chains);
    for (int i = 0; i < scored.size(); i++) {
      Individual before = current.get(i);
      next.add(scored.get(i).fitness() > before.fitness() ? scored.get(i) : before);
    }
    return new Population(next);
  }

  /** The share that moves in this generation, counted from 1. */
  double share(int generation) {
    int passed = (int) (Math.min(1, (double) generation / generations) * PARTS);
    int divisor = 1;
    for (int i = 0; i < SINCE.length; i++) {
      divisor = passed > SINCE[i] ? DIVISORS[i] : divisor;
    }
    return firstShare / divisor;
  }

  /** As many black pixels leave as come in; those come where the image was white before. */
  private static BlackPixels moved(
      BlackPixels genome, int count, Region region, RandomGenerator random) {
    BlackPixels stay = genome;
    BlackPixels all = genome;
    for (int i = 0; i < count; i++) {
      var from = Sites.black(stay, region, random);
      var to = Sites.white(all, region, random);
      if (from.isEmpty() || to.isEmpty()) {
        break;
      }
      stay = stay.without(from.getAsInt());
      all = all.with(to.getAsInt());
    }
    BlackPixels moved = stay;
    for (int pixel : all.changedFrom(genome)) {
      moved = moved.with(pixel);
    }
    return moved;
  }
}
