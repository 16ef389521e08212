package org.whisker.saliency.method;

/**
 * Gauss–Legendre quadrature on [0, 1] with {@code n} nodes, exact for polynomials up to degree
 * {@code 2n - 1}: nodes {@code ½(1 + root)} of the Legendre polynomial, ascending, and weights that
 * sum to 1.
 */
final class GaussLegendre {
  private final double[] nodes;
  private final double[] weights;

  GaussLegendre(int n) {
    nodes = new double[n];
    weights = new double[n];
    for (int i = 0; i < n; i++) {
      // Newton's method from Tricomi's initial guess: six steps are more than enough
      double root = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      for (int step = 0; step < 6; step++) {
        root -= legendre(n, root) / slope(n, root);
      }
      double slope = slope(n, root);
      nodes[i] = (1 + root) / 2;
      weights[i] = 1 / ((1 - root * root) * slope * slope);
    }
  }

  double node(int i) {
    return nodes[i];
  }

  double weight(int i) {
    return weights[i];
  }

  private static double legendre(int n, double x) {
    double before = 1;
    double value = x;
    for (int k = 2; k <= n; k++) {
      double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
      before = value;
      value = next;
    }
    return value;
  }

  private static double slope(int n, double x) {
    double below = n == 1 ? 1 : legendre(n - 1, x);
    return n * (x * legendre(n, x) - below) / (x * x - 1);
  }
}
