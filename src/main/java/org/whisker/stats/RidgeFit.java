package org.whisker.stats;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.whisker.value.Text;

/**
 * A linear function through the origin, fitted by least squares with a penalty on the squares of
 * its weights: the w that minimises Σ (y − w · x)² + λ |w|² (Hoerl and Kennard 1970, Technometrics
 * 12).
 */
public final class RidgeFit {
  private final double[] weights;

  private RidgeFit(double[] weights) {
    this.weights = weights;
  }

  /**
   * Fits weights of the features.
   *
   * @param x a row of features for each point, all of one length
   * @param y a value for each point
   * @param penalty λ, above 0
   */
  public static RidgeFit of(double[][] x, double[] y, double penalty) {
    Samples.checked("ridge fit", y, 1);
    if (x.length != y.length || !(penalty > 0)) {
      throw new IllegalArgumentException(
          Text.of("%d rows for %d values, penalty %s", x.length, y.length, penalty));
    }
    RealMatrix rows = new Array2DRowRealMatrix(x, false);
    RealMatrix squares = rows.transposeMultiply(rows);
    for (int i = 0; i < squares.getColumnDimension(); i++) {
      squares.addToEntry(i, i, penalty);
    }
    return new RidgeFit(
        new CholeskyDecomposition(squares, 1e-9, 0)
            .getSolver()
            .solve(new ArrayRealVector(rows.preMultiply(y), false))
            .toArray());
  }

  /** The weight of each feature. */
  public double[] weights() {
    return weights.clone();
  }

  /** The fitted value at these features. */
  public double at(double[] features) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * features[i];
    }
    return sum;
  }
}
