package org.whisker.boundary.attack;

/**
 * FMN in the largest change of a pixel: a step along the gradient, then back into a cube whose half
 * width shrinks while the picture is on the other side and grows while it is not; before the first
 * crossing it is the linear estimate of the distance (Pintor et al. 2021, as Foolbox 3.3 has it).
 * That estimate can come ever nearer to the boundary and never cross it, where the logit is nearly
 * linear or gray values end; Foolbox then finds nothing. So here the cube grows by a thousandth at
 * least.
 */
final class FastMinimumNormStep implements AttackWalk.Step {
  private static final double FIRST_STEP = 1;
  private static final double LAST_STEP = FIRST_STEP / 100;
  private static final double FIRST_GAMMA = 0.05;
  private static final double LAST_GAMMA = 0.001;
  private static final double LEAST_GROWTH = 0.001;

  private final AttackWalk walk;
  private final int steps;
  private double width = Double.POSITIVE_INFINITY;
  private boolean found;

  FastMinimumNormStep(AttackWalk walk, int steps) {
    this.walk = walk;
    this.steps = steps;
  }

  @Override
  public void move(int number, AttackWalk.Point at) {
    double cosine = AttackWalk.Step.cosine(number, steps);
    double step = LAST_STEP + (FIRST_STEP - LAST_STEP) * cosine;
    double gamma = LAST_GAMMA + (FIRST_GAMMA - LAST_GAMMA) * cosine;
    found |= at.crossed();
    width = Math.min(walk.worst(), width(at, gamma));
    double length = Math.max(Norm.L2.of(at.gradient()), Vectors.TINY);
    double[] change = walk.change();
    Vectors.add(change, -step / length, at.gradient());
    for (int i = 0; i < change.length; i++) {
      change[i] = Math.max(-width, Math.min(width, change[i]));
    }
    walk.clip();
  }

  private double width(AttackWalk.Point at, double gamma) {
    if (at.crossed()) {
      return Math.min(width * (1 - gamma), walk.bestDistance());
    }
    double left = Math.abs(at.margin()) / Math.max(Vectors.sumOfSizes(at.gradient()), Vectors.TINY);
    return found ? width * (1 + gamma) : at.size() + Math.max(left, LEAST_GROWTH * at.size());
  }
}
