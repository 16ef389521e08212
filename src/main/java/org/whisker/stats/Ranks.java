package org.whisker.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks from 1; tied values share their mid-rank. */
final class Ranks {
  private Ranks() {}

  static double[] of(double[] x) {
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[x.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && x[order[to]] == x[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
