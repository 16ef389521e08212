package org.whisker.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.NullDistribution;

/**
 * Whether the weight of a map lies nearer the border, or the centre, than that of the same map
 * rolled over its borders by random shifts. For maps that are 0 nearly everywhere, such as those of
 * black pixels, it says more than a rank correlation.
 *
 * @param index the edge index of |value|: ½ is everywhere alike, less is nearer the edge
 * @param p two-sided, of the observed index among the shifted
 */
public record MapEdgeIndex(double index, double p) {
  public MapEdgeIndex {
    if (!(index >= 0 && index <= 1 && p > 0 && p <= 1)) {
      throw new IllegalArgumentException("no edge index of " + index + " with a p of " + p);
    }
  }

  /**
   * The edge index of a map.
   *
   * @param shifts how many to draw, at least 19
   * @return empty for a map of zeros
   */
  public static Optional<MapEdgeIndex> of(SaliencyMap map, int shifts, RandomGenerator random) {
    Inputs.atLeast(19, "shifts", shifts);
    OptionalDouble index = SaliencyProfile.edgeIndex(map);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    Canvas canvas = map.canvas();
    EdgeRank rank = new EdgeRank(canvas);
    double[] u = IntStream.range(0, canvas.pixels()).mapToDouble(rank::of).toArray();
    double[] strength = MethodAgreement.absolute(map);
    int[] some = IntStream.range(0, strength.length).filter(i -> strength[i] > 0).toArray();
    double[] drawn = new double[shifts];
    for (int s = 0; s < shifts; s++) {
      drawn[s] = shifted(canvas, u, strength, some, random);
    }
    return Optional.of(
        new MapEdgeIndex(index.getAsDouble(), NullDistribution.p(drawn, index.getAsDouble())));
  }

  private static double shifted(
      Canvas canvas, double[] u, double[] strength, int[] some, RandomGenerator random) {
    int dx = random.nextInt(canvas.width());
    int dy = random.nextInt(canvas.height());
    double sum = 0;
    double weight = 0;
    for (int i : some) {
      int x = (canvas.x(i) + dx) % canvas.width();
      int y = (canvas.y(i) + dy) % canvas.height();
      sum += strength[i] * u[canvas.index(x, y)];
      weight += strength[i];
    }
    return sum / weight;
  }
}
