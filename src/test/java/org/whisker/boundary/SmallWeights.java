package org.whisker.boundary;

/** Multiples of 1/8 of both signs. */
final class SmallWeights {
  private SmallWeights() {}

  static double[] of(int count) {
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (i * 7 % 15 - 8) / 8.0;
    }
    return weights;
  }
}
