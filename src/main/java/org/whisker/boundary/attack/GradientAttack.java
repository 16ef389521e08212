package org.whisker.boundary.attack;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;

/**
 * Looks, along the gradient of the logit, for the smallest change of gray values that brings a
 * picture to the other side of p(target) = ½. Gray values stay within 0 to 1 and need not be black
 * or white. What is found is an upper bound of the smallest change, as with any search.
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
    int usualSteps() {
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
    Checks.refuse(steps < 1, "an attack takes at least 1 step, was %s", steps);
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
   * @param logit the logit against the target of the picture
   * @param crossed the smallest change that it found; empty if it never crossed the boundary
   */
  public record Attacked(float logit, Optional<Crossed> crossed) {
    /**
     * A picture on the other side.
     *
     * @param logit the logit against the target
     * @param distance from the first one, by the norm of the attack
     */
    public record Crossed(PlanarImage picture, float logit, double distance) {}
  }

  /**
   * DDN: a step along the gradient, then onto a sphere whose radius shrinks by 5 % while the
   * picture is on the other side and grows by 5 % while it is not (Rony et al. 2018, as Foolbox 3.3
   * has it).
   */
  static final class DecoupledStep implements AttackWalk.Step {
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
      addVectors(change, -step / Math.max(Norm.L2.of(gradient), TINY), gradient);
      radius = Math.min(walk.worst(), radius * (at.crossed() ? 1 - GAMMA : 1 + GAMMA));
      scale(change, radius / Math.max(Norm.L2.of(change), TINY));
      walk.clip();
    }
  }

  /**
   * FMN in the largest change of a pixel: a step along the gradient, then back into a cube whose
   * half width shrinks while the picture is on the other side and grows while it is not; before the
   * first crossing it is the linear estimate of the distance (Pintor et al. 2021, as Foolbox 3.3
   * has it). That estimate can come ever nearer to the boundary and never cross it, where the logit
   * is nearly linear or gray values end; Foolbox then finds nothing. So here the cube grows by a
   * thousandth at least.
   */
  static final class FastMinimumNormStep implements AttackWalk.Step {
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
      double length = Math.max(Norm.L2.of(at.gradient()), TINY);
      double[] change = walk.change();
      addVectors(change, -step / length, at.gradient());
      for (int i = 0; i < change.length; i++) {
        change[i] = Math.max(-width, Math.min(width, change[i]));
      }
      walk.clip();
    }

    private double width(AttackWalk.Point at, double gamma) {
      if (at.crossed()) {
        return Math.min(width * (1 - gamma), walk.bestDistance());
      }
      double left = Math.abs(at.margin()) / Math.max(sumOfSizes(at.gradient()), TINY);
      return found ? width * (1 + gamma) : at.size() + Math.max(left, LEAST_GROWTH * at.size());
    }
  }

  /**
   * σ-zero: Adam on the margin plus a smooth count of the changed pixels, Σ δ²/(δ² + σ) / n, after
   * which changes below a threshold are taken back. The threshold rises while the picture is on the
   * other side and falls while it is not (Cinà et al. 2024, algorithm 1 and section 4).
   */
  static final class SigmaZeroStep implements AttackWalk.Step {
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
      scale(slope, 1 / Math.max(Norm.LINF.of(slope), TINY));
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

  /** What a length is divided by at least, as in Foolbox. */
  static final double TINY = 1e-12;

  /** Arrays as vectors. */
  static void scale(double[] vector, double by) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= by;
    }
  }

  /** Adds a multiple of another one. */
  static void addVectors(double[] vector, double times, double[] other) {
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

  /** How the size of a change of gray values, each 0 to 1, is measured. */
  public enum Norm {
    /** The number of pixels that differ. */
    L0("L0"),
    L2("L2"),
    /** The largest change of a pixel. */
    LINF("Linf");

    private final String label;

    Norm(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    /** The size of the change from one picture to another; in colours a pixel counts once. */
    double of(PlanarImage from, PlanarImage to) {
      if (this != L0) {
        return of(from.values(), to.values());
      }
      int changed = 0;
      for (int pixel = 0; pixel < from.canvas().pixels(); pixel++) {
        changed += from.isSameAt(to, pixel) ? 0 : 1;
      }
      return changed;
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
}
