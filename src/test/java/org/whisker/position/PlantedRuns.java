package org.whisker.position;

import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Random images with a preference that a test knows. */
final class PlantedRuns {
  private PlantedRuns() {}

  /** Sets of {@code count} pixels; those that don't suit are drawn again with this chance. */
  static List<BlackPixels> of(
      Canvas canvas,
      int runs,
      int count,
      IntPredicate suits,
      double again,
      RandomGenerator random) {
    return IntStream.range(0, runs)
        .mapToObj(run -> one(canvas, count, suits, again, random))
        .toList();
  }

  static List<BlackPixels> uniform(Canvas canvas, int runs, int count, RandomGenerator random) {
    return of(canvas, runs, count, index -> true, 0, random);
  }

  private static BlackPixels one(
      Canvas canvas, int count, IntPredicate suits, double again, RandomGenerator random) {
    TreeSet<Integer> pixels = new TreeSet<>();
    while (pixels.size() < count) {
      int pixel = random.nextInt(canvas.pixels());
      if (suits.test(pixel) || random.nextDouble() >= again) {
        pixels.add(pixel);
      }
    }
    return BlackPixels.of(canvas, pixels.stream().mapToInt(Integer::intValue).toArray());
  }
}
