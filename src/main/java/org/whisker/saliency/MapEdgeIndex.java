package org.whisker.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.NullDistribution;

/**
 * Test of whether the mass of a map lies nearer the border, or the centre, than that of the same
 * map under random toroidal shifts. For sparse maps, such as those of black pixels, it has more
 * power than a rank correlation.
 *
 * @param index the edge index of |value|: ½ for a uniform map, below ½ nearer the edge
 * @param p two-sided p-value against the shifted maps
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
   * @param shifts number of random shifts, at least 19
   * @return empty for an all-zero map
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
