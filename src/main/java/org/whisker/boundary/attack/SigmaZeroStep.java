package org.whisker.boundary.attack;

/**
 * σ-zero: Adam on the margin plus a smooth count of the changed pixels, Σ δ²/(δ² + σ) / n, after
 * which changes below a threshold are taken back. The threshold rises while the picture is on the
 * other side and falls while it is not (Cinà et al. 2024, algorithm 1 and section 4).
 */
final class SigmaZeroStep implements AttackWalk.Step {
  private static final double RATE = 1;
  private static final double SIGMA = 1e-3;
  private static final double THRESHOLD = 0.3;
  private static final double THRESHOLD_RATE = 0.01;

  private final AttackWalk walk;
  private final int steps;
  private final Adam adam;
  private double rate = RATE;
  private double threshold = THRESHOLD;

  SigmaZeroStep(AttackWalk walk, int steps) {
    this.walk = walk;
    this.steps = steps;
    this.adam = new Adam(walk.change().length);
  }

  @Override
  public void move(int number, AttackWalk.Point at) {
    double[] change = walk.change();
    double[] slope = slope(at, change);
    Vectors.scale(slope, 1 / Math.max(Norm.LINF.of(slope), Vectors.TINY));
    adam.step(change, slope, rate);
    walk.clip();
    rate = RATE * (0.1 + 0.9 * AttackWalk.Step.cosine(number, steps));
    double by = THRESHOLD_RATE * rate;
    threshold = Math.max(0, Math.min(1, threshold + (at.crossed() ? by : -by)));
    for (int i = 0; i < change.length; i++) {
      change[i] = Math.abs(change[i]) < threshold ? 0 : change[i];
    }
  }

  /** The slope of the objective; beyond the boundary the margin no longer counts. */
  private static double[] slope(AttackWalk.Point at, double[] change) {
    double[] slope = at.margin() >= 0 ? at.gradient() : new double[change.length];
    for (int i = 0; i < slope.length; i++) {
      double square = change[i] * change[i] + SIGMA;
      slope[i] += 2 * change[i] * SIGMA / (square * square) / change.length;
    }
    return slope;
  }

  /** Adam's downward steps (Kingma and Ba 2015, algorithm 1), with the usual decay rates. */
  static final class Adam {
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
}
