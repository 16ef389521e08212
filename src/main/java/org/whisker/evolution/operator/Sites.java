package org.whisker.evolution.operator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/** Draws pixels uniformly within a region. */
public final class Sites {
  private Sites() {}

  /** A black pixel in the region; empty if there is none. */
  public static OptionalInt black(BlackPixels genome, Region region, RandomGenerator random) {
    int candidates = blackCount(genome, region);
    if (candidates == 0) {
      return OptionalInt.empty();
    }
    int chosen = random.nextInt(candidates);
    if (candidates == genome.count()) {
      return OptionalInt.of(genome.get(chosen));
    }
    int i = 0;
    for (int left = chosen; left > 0 || !region.contains(genome.get(i)); i++) {
      left -= region.contains(genome.get(i)) ? 1 : 0;
    }
    return OptionalInt.of(genome.get(i));
  }

  /** A white pixel in the region; empty if there is none. */
  public static OptionalInt white(BlackPixels genome, Region region, RandomGenerator random) {
    if (blackCount(genome, region) == region.size()) {
      return OptionalInt.empty();
    }
    int pixel;
    do {
      pixel = region.get(random.nextInt(region.size()));
    } while (genome.contains(pixel));
    return OptionalInt.of(pixel);
  }

  /** A uniformly drawn subset of {@code count} pixels of the region (Floyd's algorithm). */
  public static BlackPixels distinct(Region region, int count, RandomGenerator random) {
    Set<Integer> chosen = new HashSet<>();
    for (int last = region.size() - count; last < region.size(); last++) {
      int i = random.nextInt(last + 1);
      chosen.add(chosen.contains(i) ? last : i);
    }
    int[] pixels = chosen.stream().mapToInt(region::get).toArray();
    return BlackPixels.of(region.canvas(), pixels);
  }

  /**
   * Selects each pixel of the region independently with this probability. The gaps between selected
   * pixels are drawn, so the cost is proportional to their number.
   */
  public static BlackPixels eachWith(double probability, Region region, RandomGenerator random) {
    if (probability <= 0) {
      return BlackPixels.none(region.canvas());
    }
    int[] taken = new int[16];
    int count = 0;
    double stay = Math.log1p(-probability);
    for (long at = gap(stay, random); at < region.size(); at += 1 + gap(stay, random)) {
      if (count == taken.length) {
        taken = Arrays.copyOf(taken, 2 * count);
      }
      taken[count++] = region.get((int) at);
    }
    return BlackPixels.ofSorted(region.canvas(), taken, count);
  }

  /** Number of pixels skipped: the integer part of an exponential variate is geometric. */
  private static long gap(double stay, RandomGenerator random) {
    return (long) Math.min(Math.log1p(-random.nextDouble()) / stay, Integer.MAX_VALUE);
  }

  private static int blackCount(BlackPixels genome, Region region) {
    if (region.size() == genome.canvas().pixels()) {
      return genome.count();
    }
    int count = 0;
    for (int i = 0; i < genome.count(); i++) {
      count += region.contains(genome.get(i)) ? 1 : 0;
    }
    return count;
  }
}
