package org.whisker.boundary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;

/** Orders of the pixels in which two pictures differ that need no classifier. */
public final class PixelOrders {
  private PixelOrders() {}

  public static int differing(Raster from, Raster to) {
    return Grays.differing(from, to).length;
  }

  /** A random order; all orders are equally likely. */
  public static int[] random(Raster from, Raster to, RandomGenerator random) {
    int[] pixels = Grays.differing(from, to);
    return Arrays.stream(shuffled(pixels.length, random)).map(i -> pixels[i]).toArray();
  }

  /** The numbers below {@code n} in random order; all orders are equally likely. */
  static int[] shuffled(int n, RandomGenerator random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  /** The order from the border to the centre by edge rank; random within a ring. */
  public static int[] inwards(Raster from, Raster to, RandomGenerator random) {
    return byRing(from, to, random, Comparator.naturalOrder());
  }

  /** The order from the centre to the border by edge rank; random within a ring. */
  public static int[] outwards(Raster from, Raster to, RandomGenerator random) {
    return byRing(from, to, random, Comparator.reverseOrder());
  }

  private static int[] byRing(
      Raster from, Raster to, RandomGenerator random, Comparator<Integer> rings) {
    EdgeRank rank = new EdgeRank(from.canvas());
    // the sort is stable, so that the shuffle decides within a ring
    return Arrays.stream(random(from, to, random))
        .boxed()
        .sorted(Comparator.comparing(rank::ring, rings))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
