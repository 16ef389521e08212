package org.whisker.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The least-squares fit of a non-decreasing function to points: pool adjacent violators (Ayer et
 * al., 1955), linear between the centres of the pools, constant beyond the outermost.
 */
public final class IsotonicFit {
  private final List<Pool> pools;

  /** Adjacent points with one fitted value. */
  private record Pool(double x, double y, double weight) {
    Pool with(Pool next) {
      double sum = weight + next.weight;
      return new Pool(
          (x * weight + next.x * next.weight) / sum,
          (y * weight + next.y * next.weight) / sum,
          sum);
    }
  }

  private IsotonicFit(List<Pool> pools) {
    this.pools = pools;
  }

  /** Fits at least one point. */
  public static IsotonicFit of(double[] x, double[] y) {
    Samples.checked("isotonic fit", x, 1);
    Samples.checked("isotonic fit", y, 1);
    Samples.sameLength(x, y);
    SortedMap<Double, Pool> points = new TreeMap<>();
    for (int i = 0; i < x.length; i++) {
      points.merge(x[i], new Pool(x[i], y[i], 1), Pool::with);
    }
    List<Pool> pools = new ArrayList<>();
    points.values().forEach(point -> add(pools, point));
    return new IsotonicFit(List.copyOf(pools));
  }

  /** Values that would not increase share a pool. */
  private static void add(List<Pool> pools, Pool next) {
    Pool pool = next;
    while (!pools.isEmpty()) {
      Pool last = pools.get(pools.size() - 1);
      if (last.y() < pool.y()) {
        break;
      }
      pools.remove(pools.size() - 1);
      pool = last.with(pool);
    }
    pools.add(pool);
  }

  public double at(double x) {
    int after = 0;
    while (after < pools.size() && pools.get(after).x() <= x) {
      after++;
    }
    if (after == 0 || after == pools.size()) {
      return pools.get(after == 0 ? 0 : after - 1).y();
    }
    Pool low = pools.get(after - 1);
    Pool high = pools.get(after);
    return low.y() + (high.y() - low.y()) * (x - low.x()) / (high.x() - low.x());
  }
}
