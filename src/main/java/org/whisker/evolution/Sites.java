package org.whisker.evolution;

import java.util.OptionalInt;
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
