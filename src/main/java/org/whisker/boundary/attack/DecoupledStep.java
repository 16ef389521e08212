package org.whisker.boundary.attack;

import org.whisker.random.SplitMix64;

/**
 * DDN: a step along the gradient, then onto a sphere whose radius shrinks by 5 % while the picture
 * is on the other side and grows by 5 % while it is not (Rony et al. 2018, as Foolbox 3.3 has it).
 */
final class DecoupledStep implements AttackWalk.Step {
  private static final double FIRST_STEP = 1;
  private static final double LAST_STEP = 0.01;
  private static final double FIRST_RADIUS = 1;
  private static final double GAMMA = 0.05;

  private final AttackWalk walk;
  private final int steps;

  /** Gives a direction where there is no gradient; the same one for every picture. */
  private final SplitMix64 random = SplitMix64.stream(0, "ddn", 0);

  private double radius = FIRST_RADIUS;

  DecoupledStep(AttackWalk walk, int steps) {
    this.walk = walk;
    this.steps = steps;
  }

  @Override
  public void move(int number, AttackWalk.Point at) {
    double step = LAST_STEP + (FIRST_STEP - LAST_STEP) * AttackWalk.Step.cosine(number, steps);
    double[] gradient = at.gradient();
    if (Norm.L2.of(gradient) == 0) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = 2 * random.nextDouble() - 1;
      }
    }
    double[] change = walk.change();
    Vectors.add(change, -step / Math.max(Norm.L2.of(gradient), Vectors.TINY), gradient);
    radius = Math.min(walk.worst(), radius * (at.crossed() ? 1 - GAMMA : 1 + GAMMA));
    Vectors.scale(change, radius / Math.max(Norm.L2.of(change), Vectors.TINY));
    walk.clip();
  }
}
