package org.whisker.boundary.attack;

/**
 * σ-zero: Adam on the margin plus a smooth count of the changed pixels, Σ δ²/(δ² + σ) / n, after
 * which changes below a threshold are taken back. The threshold rises while the picture is on the
 * other side and falls while it is not (Cinà et al. 2024, algorithm 1 and section 4).
 */
final class SigmaZeroStep implements AttackStep {
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
    rate = RATE * (0.1 + 0.9 * AttackStep.cosine(number, steps));
    double by = THRESHOLD_RATE * rate;
    threshold = Math.max(0, Math.min(1, threshold + (at.crossed() ? by : -by)));
    for (int i = 0; i < change.length; i++) {
      change[i] = Math.abs(change[i]) < threshold ? 0 : change[i];
    }
  }

  /** Of what is made small; beyond the boundary the margin counts no more. */
  private static double[] slope(AttackWalk.Point at, double[] change) {
    double[] slope = at.margin() >= 0 ? at.gradient() : new double[change.length];
    for (int i = 0; i < slope.length; i++) {
      double square = change[i] * change[i] + SIGMA;
      slope[i] += 2 * change[i] * SIGMA / (square * square) / change.length;
    }
    return slope;
  }
}
