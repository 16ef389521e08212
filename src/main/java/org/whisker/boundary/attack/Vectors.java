package org.whisker.boundary.attack;

/** Arrays as vectors. */
final class Vectors {
  /** What a length is divided by at least, as in Foolbox. */
  static final double TINY = 1e-12;

  private Vectors() {}

  static void scale(double[] vector, double by) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= by;
    }
  }

  /** Adds a multiple of another one. */
  static void add(double[] vector, double times, double[] other) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] += times * other[i];
    }
  }

  static double sumOfSizes(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += Math.abs(each);
    }
    return sum;
  }
}
