package org.whisker.position;

import java.util.OptionalDouble;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Correlation;

/**
 * How the effect of one black pixel depends on how deep it lies, in two numbers.
 *
 * @param slope of the least-squares line of Δlogit of not-cat against the edge rank u, over all
 *     pixels: logits from the border (0) to the centre (1); above 0, pixels in the centre are
 *     further from cat than pixels at the border
 * @param rankCorrelation Spearman's rho of u and Δlogit over all pixels, whatever their size; empty
 *     when Δlogit is constant up to rounding
 */
public record DepthSlope(double slope, OptionalDouble rankCorrelation) {
  // the mean of u over all pixels of any canvas
  private static final double MIDDLE = 0.5;

  /**
   * That of a probe map.
   *
   * @throws IllegalArgumentException if its canvas has a single ring
   */
  public static DepthSlope of(ProbeMap map) {
    Canvas canvas = map.delta().canvas();
    EdgeRank rank = new EdgeRank(canvas);
    if (rank.rings() == 1) {
      throw new IllegalArgumentException("a " + canvas + " canvas has no depth");
    }
    double[] delta = map.delta().values();
    double[] u = new double[delta.length];
    double products = 0;
    double squares = 0;
    for (int i = 0; i < u.length; i++) {
      u[i] = rank.of(i);
      products += (u[i] - MIDDLE) * delta[i];
      squares += (u[i] - MIDDLE) * (u[i] - MIDDLE);
    }
    return new DepthSlope(
        products / squares,
        map.isConstant()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Correlation.spearman(u, map.resolved())));
  }
}
