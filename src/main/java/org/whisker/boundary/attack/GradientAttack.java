package org.whisker.boundary.attack;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/**
 * Looks, along the gradient of the logit, for the smallest change of gray values that brings a
 * picture to the other side of p(cat) = ½. Gray values stay within 0 to 1 and need not be black or
 * white. What is found is an upper bound of the smallest change, as with any search.
 *
 * @param kind which attack
 * @param steps number of gradients, at least 1
 */
public record GradientAttack(Kind kind, int steps) {

  /** The attacks, each with the parameters of its source. */
  public enum Kind {
    /** Few pixels: σ-zero, Cinà et al. 2024, arXiv 2402.01879, algorithm 1. */
    SIGMA_ZERO(Norm.L0, 1000),
    /**
     * The largest change of a pixel: FMN, Pintor et al. 2021, arXiv 2102.12827, as Foolbox's {@code
     * LInfFMNAttack}.
     */
    FMN(Norm.LINF, 100),
    /**
     * The Euclidean length: DDN, Rony et al. 2018, arXiv 1811.09600, as Foolbox's {@code
     * DDNAttack}.
     */
    DDN(Norm.L2, 100);

    private final Norm norm;
    private final int usualSteps;

    Kind(Norm norm, int usualSteps) {
      this.norm = norm;
      this.usualSteps = usualSteps;
    }

    /** The norm that the attack minimises. */
    public Norm norm() {
      return norm;
    }

    /** The number of gradients that its source takes. */
    public int usualSteps() {
      return usualSteps;
    }

    private AttackWalk.Step step(AttackWalk walk, int steps) {
      return switch (this) {
        case SIGMA_ZERO -> new SigmaZeroStep(walk, steps);
        case FMN -> new FastMinimumNormStep(walk, steps);
        case DDN -> new DecoupledStep(walk, steps);
      };
    }
  }

  public GradientAttack {
    if (steps < 1) {
      throw new IllegalArgumentException("an attack takes at least 1 step, was " + steps);
    }
  }

  /**
   * Attacks one picture; empty when stopped before the end.
   *
   * @param stopped polled before each step
   * @throws IllegalArgumentException if a logit is not finite
   */
  public Optional<Attacked> of(
      DifferentiableClassifier classifier, Raster picture, BooleanSupplier stopped) {
    AttackWalk walk = new AttackWalk(classifier, picture, kind.norm);
    AttackWalk.Step step = kind.step(walk, steps);
    for (int i = 0; i < steps; i++) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      step.move(i, walk.score());
    }
    return Optional.of(walk.end());
  }

  /**
   * What an attack found.
   *
   * @param logit of not-cat of the picture
   * @param crossed the smallest change that it found; empty if it never crossed the boundary
   */
  public record Attacked(float logit, Optional<Crossed> crossed) {
    /**
     * A picture on the other side.
     *
     * @param logit of not-cat
     * @param distance from the first one, by the norm of the attack
     */
    public record Crossed(GrayImage picture, float logit, double distance) {}
  }
}
