package org.whisker.evolution;

import java.util.random.RandomGenerator;

/** Draws indices with probability proportional to their weights; uniform if all weights are 0. */
final class RouletteWheel implements Selection.Chooser {
  private final double[] sums;

  RouletteWheel(double[] weights) {
    sums = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += weights[i];
      sums[i] = sum;
    }
  }

  @Override
  public int choose(RandomGenerator random) {
    double all = sums[sums.length - 1];
    if (all == 0) {
      return random.nextInt(sums.length);
    }
    double ball = random.nextDouble() * all;
    int low = 0;
    int high = sums.length - 1;
    while (low < high) { // the first with a cumulative weight above the ball
      int middle = (low + high) >>> 1;
      if (sums[middle] > ball) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
