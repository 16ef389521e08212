package org.whisker.evolution;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;
import org.whisker.option.Entry;
import org.whisker.value.Checks;

/**
 * BruSLeAttack (Vo, Abbasnejad and Ranasinghe, ICLR 2024, arXiv 2404.05311) for images of two
 * tones: a set of {@code pixels} black pixels, of which a share is replaced in each step; the
 * change is kept if it improves fitness. Which pixels stay and which come in is drawn with
 * probabilities in proportion to (missed + 0.01) / (tried + 0.01), where a pixel is tried with each
 * image that has it, and missed when the image got worse without it. So pixels that nobody tried
 * come first. Begins with the best of some random sets. The number of black pixels is constant, so
 * λ has no effect.
 *
 * <p>The share is {@code firstShare · (q^-0.24 + 0.997^q) / 2} after q images, as the authors' code
 * has it. Their synthetic colour image is black here.
 *
 * @param founders random sets at first, at least 1 (the authors' 10)
 * @param pixels black pixels of each image, at least 1; limited by the size of the region
 * @param firstShare above 0, at most 1 (the authors' 0.3, for a search of any class)
 */
@Entry("brusle")
public record BruSLeAttack(@Entry("population") int founders, int pixels, double firstShare)
    implements SearchMethod {
  /** The share that is replaced at first, as the authors have it for a search of any class. */
  public static final double FIRST_SHARE = 0.3;

  /** The number of random sets at first, as the authors have it. */
  public static final int FOUNDERS = 10;

  private static final double POWER = -0.24;
  private static final double DECAY = 0.997;
  private static final double PRIOR = 0.01;

  public BruSLeAttack {
    Checks.refuse(
        founders < 1 || pixels < 1,
        "founders and pixels must be at least 1, were %d and %d",
        founders,
        pixels);
    Checks.require(
        firstShare > 0 && firstShare <= 1,
        "the first share must be above 0 and at most 1, was %s",
        firstShare);
  }

  @Override
  public int population() {
    return founders;
  }

  @Override
  public int newGenomes() {
    return 1;
  }

  @Override
  public List<BlackPixels> founders(FounderRule ignored, GenerationContext context) {
    int count = Math.min(pixels, context.region().size());
    return new FounderRule.Pixels(count).draw(founders, context);
  }

  @Override
  public List<BlackPixels> propose(Population current, GenerationContext context) {
    return List.of(replaced(current.best().genome(), tally(current), context));
  }

  @Override
  public Population accept(Population current, List<Individual> scored, GenerationContext context) {
    Individual before = current.best();
    Individual tried = scored.get(0);
    boolean better = tried.fitness() > before.fitness();
    int[] left = without(before.genome(), tried.genome());
    PixelTally tally = tally(current).trying(left).trying(tried.genome().indices());
    return new Population(List.of(better ? tried : before), better ? tally : tally.missing(left));
  }

  /** The counts so far; those of the founders where only they were scored. */
  private static PixelTally tally(Population current) {
    PixelTally tally = current.tally();
    if (tally.isNone()) {
      tally = PixelTally.of(current.get(0).genome().canvas());
      for (Individual founder : current.individuals()) {
        tally = tally.trying(founder.genome().indices());
      }
    }
    return tally;
  }

  private BlackPixels replaced(BlackPixels genome, PixelTally tally, GenerationContext context) {
    IntToDoubleFunction weight =
        pixel -> (tally.missed(pixel) + PRIOR) / (tally.tried(pixel) + PRIOR);
    Region region = context.region();
    int[] black = Arrays.stream(genome.indices()).filter(region::contains).toArray();
    int[] white = white(region, genome);
    int changed = (int) Math.max(1, share(context.generation()) * genome.count());
    changed = Math.min(changed, Math.min(black.length, white.length));
    RandomGenerator random = context.random();
    int[] stay = drawn(black, black.length - changed, weight, random);
    int[] come = drawn(white, changed, weight, random);
    IntStream outside = Arrays.stream(genome.indices()).filter(pixel -> !region.contains(pixel));
    return BlackPixels.of(
        genome.canvas(),
        IntStream.concat(outside, IntStream.concat(Arrays.stream(stay), Arrays.stream(come)))
            .toArray());
  }

  /** The share that is replaced in this generation, counted from 1. */
  double share(int generation) {
    double scored = founders + generation; // with the one that is to be drawn
    return firstShare * (Math.pow(scored, POWER) + Math.pow(DECAY, scored)) / 2;
  }

  /**
   * Draws without replacement, each time in proportion to the weights of what is left: the first
   * arrivals of exponential variates over weights (Efraimidis and Spirakis, 2006).
   */
  private static int[] drawn(
      int[] from, int count, IntToDoubleFunction weight, RandomGenerator random) {
    double[] arrivals = new double[count];
    Arrays.fill(arrivals, Double.POSITIVE_INFINITY);
    int[] pixels = new int[count];
    for (int pixel : from) {
      double arrival = random.nextExponential() / weight.applyAsDouble(pixel);
      for (int at = count - 1; at >= 0 && arrival < arrivals[at]; at--) {
        int later = Math.min(at + 1, count - 1); // the last falls out
        arrivals[later] = arrivals[at];
        pixels[later] = pixels[at];
        arrivals[at] = arrival;
        pixels[at] = pixel;
      }
    }
    return pixels;
  }

  private static int[] white(Region region, BlackPixels genome) {
    return IntStream.range(0, region.size())
        .map(region::get)
        .filter(pixel -> !genome.contains(pixel))
        .toArray();
  }

  /** The pixels of an image that are not black in another. */
  private static int[] without(BlackPixels image, BlackPixels other) {
    return Arrays.stream(image.indices()).filter(pixel -> !other.contains(pixel)).toArray();
  }
}
