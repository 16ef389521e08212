package org.whisker.evolution;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/** Draws pixels of a genome, each one in the region with the same chance. */
final class Sites {
  private Sites() {}

  /** A black pixel in the region; empty when there is none. */
  static OptionalInt black(BlackPixels genome, Region region, RandomGenerator random) {
    int candidates = blackCount(genome, region);
    if (candidates == 0) {
      return OptionalInt.empty();
    }
    int chosen = random.nextInt(candidates);
    if (candidates == genome.count()) {
      return OptionalInt.of(genome.get(chosen));
    }
    IntPredicate inside = region::contains;
    return IntStream.range(0, genome.count())
        .map(genome::get)
        .filter(inside)
        .skip(chosen)
        .findFirst();
  }

  /** A white pixel in the region; empty when there is none. */
  static OptionalInt white(BlackPixels genome, Region region, RandomGenerator random) {
    if (blackCount(genome, region) == region.size()) {
      return OptionalInt.empty();
    }
    int pixel;
    do {
      pixel = region.get(random.nextInt(region.size()));
    } while (genome.contains(pixel));
    return OptionalInt.of(pixel);
  }

  /** So many pixels of the region, each set of them with the same chance (Floyd's algorithm). */
  static BlackPixels distinct(Region region, int count, RandomGenerator random) {
    Set<Integer> chosen = new HashSet<>();
    for (int last = region.size() - count; last < region.size(); last++) {
      int i = random.nextInt(last + 1);
      chosen.add(chosen.contains(i) ? last : i);
    }
    int[] pixels = chosen.stream().mapToInt(region::get).toArray();
    return BlackPixels.of(region.canvas(), pixels);
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
