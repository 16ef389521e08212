package org.whisker.boundary.attack;

/** Adam's downward steps (Kingma and Ba 2015, algorithm 1), with the usual decay rates. */
final class Adam {
  private static final double DECAY = 0.9;
  private static final double DECAY_OF_SQUARES = 0.999;
  private static final double EPSILON = 1e-8;

  private final double[] mean;
  private final double[] square;
  private int steps;

  Adam(int values) {
    mean = new double[values];
    square = new double[values];
  }

  void step(double[] values, double[] gradient, double rate) {
    steps++;
    double seen = 1 - Math.pow(DECAY, steps);
    double seenOfSquares = Math.sqrt(1 - Math.pow(DECAY_OF_SQUARES, steps));
    for (int i = 0; i < values.length; i++) {
      double slope = gradient[i];
      mean[i] += (1 - DECAY) * (slope - mean[i]);
      square[i] = DECAY_OF_SQUARES * square[i] + (1 - DECAY_OF_SQUARES) * slope * slope;
      values[i] -= rate / seen * mean[i] / (Math.sqrt(square[i]) / seenOfSquares + EPSILON);
    }
  }
}
