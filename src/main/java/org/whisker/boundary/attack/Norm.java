package org.whisker.boundary.attack;

/** How the size of a change of gray values, each 0 to 1, is measured. */
public enum Norm {
  /** The number of pixels that differ. */
  L0("L0", "px"),
  /** The Euclidean length. */
  L2("L2", "gray"),
  /** The largest change of a pixel. */
  LINF("Linf", "gray");

  private final String label;
  private final String unit;

  Norm(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  /** The value in tables. */
  public String label() {
    return label;
  }

  /** What it is counted in: pixels, or gray values. */
  public String unit() {
    return unit;
  }

  /** The size of the change from one picture to another of the same number of pixels. */
  public double of(float[] from, float[] to) {
    double[] change = new double[from.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = (double) to[i] - from[i];
    }
    return of(change);
  }

  /** The size of a change. */
  double of(double[] change) {
    double sum = 0;
    for (double each : change) {
      sum = add(sum, Math.abs(each));
    }
    return this == L2 ? Math.sqrt(sum) : sum;
  }

  private double add(double sum, double size) {
    return switch (this) {
      case L0 -> sum + (size > 0 ? 1 : 0);
      case L2 -> sum + size * size;
      case LINF -> Math.max(sum, size);
    };
  }

  /** The largest change that leaves a picture's gray values within 0 to 1. */
  double worst(float[] gray) {
    double[] change = new double[gray.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = Math.max(gray[i], 1.0 - gray[i]);
    }
    return of(change);
  }
}
