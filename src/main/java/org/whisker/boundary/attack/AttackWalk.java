package org.whisker.boundary.attack;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Grays;
import org.whisker.boundary.attack.GradientAttack.Norm;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;

/**
 * A picture on its way across the boundary: the change made so far, and the smallest one that
 * crossed. Sizes are those of the change that the classifier saw, in single precision.
 */
final class AttackWalk {
  private final DifferentiableClassifier classifier;
  private final PlanarImage start;
  private final float[] gray;
  private final float logit;
  private final Norm norm;
  private final double[] change;
  private GradientAttack.Attacked.@Nullable Crossed best;

  AttackWalk(DifferentiableClassifier classifier, Raster picture, Norm norm) {
    this.classifier = classifier;
    this.start = PlanarImage.from(picture);
    this.gray = start.values();
    this.norm = norm;
    this.change = new double[gray.length];
    this.logit = logit(start);
  }

  /** What the classifier says of a picture. */
  static final class Point {
    private final double margin;
    private final boolean crossed;
    private final double[] gradient;
    private final double size;

    private Point(double margin, boolean crossed, double[] gradient, double size) {
      this.margin = margin;
      this.crossed = crossed;
      this.gradient = gradient;
      this.size = size;
    }

    /** The logit's distance from 0, below 0 on the other side. */
    double margin() {
      return margin;
    }

    boolean crossed() {
      return crossed;
    }

    /** The gradient of the margin by the gray values; owned by whoever gets it. */
    double[] gradient() {
      return gradient;
    }

    /** The size of the change by the attack's norm. */
    double size() {
      return size;
    }
  }

  private float logit(PlanarImage picture) {
    return Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
  }

  /** Scores the picture as it is now, and keeps it if none so near has crossed. */
  Point score() {
    PlanarImage picture = start.with(now());
    float now = logit(picture);
    int away = Grays.isCat(logit) ? -1 : 1;
    boolean crossed = Grays.isCat(now) != Grays.isCat(logit);
    double size = norm.of(start, picture);
    if (crossed && (best == null || size < best.distance())) {
      best = new GradientAttack.Attacked.Crossed(picture, now, size);
    }
    float[] slope = classifier.inputGradients(List.of(picture)).get(0);
    double[] gradient = new double[slope.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = away * (double) slope[i];
    }
    return new Point(away * (double) now, crossed, gradient, size);
  }

  private float[] now() {
    float[] now = new float[gray.length];
    for (int i = 0; i < now.length; i++) {
      now[i] = (float) (gray[i] + change[i]);
    }
    return now;
  }

  /** The change, gray value by gray value; attacks write into it. */
  double[] change() {
    return change;
  }

  /** Brings every gray value back into 0 to 1. */
  void clip() {
    for (int i = 0; i < change.length; i++) {
      double clipped = Math.max(0, Math.min(1, gray[i] + change[i]));
      change[i] = clipped - gray[i];
    }
  }

  /** The size of the smallest change that crossed; infinite while there is none. */
  double bestDistance() {
    return best == null ? Double.POSITIVE_INFINITY : best.distance();
  }

  /** The largest change that there can be. */
  double worst() {
    return norm.worst(gray);
  }

  GradientAttack.Attacked end() {
    return new GradientAttack.Attacked(logit, Optional.ofNullable(best));
  }

  /** How an attack goes on from where it is. */
  interface Step {
    /**
     * Moves the change of an {@link AttackWalk}.
     *
     * @param number the number of the step, from 0
     * @param at what the classifier says where it is
     */
    void move(int number, AttackWalk.Point at);

    /** Half a cosine, from 1 at the first step towards 0 at the last. */
    static double cosine(int number, int steps) {
      return (1 + Math.cos(Math.PI * number / steps)) / 2;
    }
  }
}
