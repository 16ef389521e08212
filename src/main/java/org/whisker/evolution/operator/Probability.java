package org.whisker.evolution.operator;

public final class Probability {
  private Probability() {}

  public static void check(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, was " + value);
    }
  }
}
