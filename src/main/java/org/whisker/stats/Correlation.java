package org.whisker.stats;

/** Correlation of paired values. */
public final class Correlation {
  private Correlation() {}

  /**
   * Pearson's r, −1 to 1.
   *
   * @throws IllegalArgumentException if there are fewer than two pairs, or one side is constant
   */
  public static double pearson(double[] x, double[] y) {
    Samples.sameLength(x, y);
    double[] unitX = unit("x", x);
    double[] unitY = unit("y", y);
    return Math.max(-1, Math.min(1, dot(unitX, unitY)));
  }

  /** Spearman's rho: Pearson's r of the ranks, with mid-ranks for ties. */
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks("x", x), ranks("y", y));
  }

  private static double[] ranks(String name, double[] x) {
    return Ranks.of(Samples.checked(name, x, 2));
  }

  /** Centred, with length 1. */
  private static double[] unit(String name, double[] x) {
    double[] centred = Samples.minus(Samples.checked(name, x, 2), Samples.mean(x));
    double length = Math.sqrt(dot(centred, centred));
    if (isConstant(x) || length == 0) {
      throw new IllegalArgumentException(
          name + " is constant (" + x[0] + "), so it has no correlation");
    }
    for (int i = 0; i < centred.length; i++) {
      centred[i] /= length;
    }
    return centred;
  }

  private static boolean isConstant(double[] x) {
    for (double value : x) {
      if (value != x[0]) {
        return false;
      }
    }
    return true;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
