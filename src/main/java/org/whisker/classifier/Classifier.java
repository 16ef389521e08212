package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A binary cat classifier with one sigmoid output. <b>Class 0 is cat</b>, class 1 not-cat; the
 * logit is that of not-cat, so {@code p(target) = 1 - sigmoid(logit)}: a lower logit means a higher
 * p(target).
 */
public interface Classifier extends AutoCloseable {
  /** The model's name, as users type it. */
  String name();

  /** The size of the pictures it takes. */
  Canvas canvas();

  /**
   * Planes of a picture that it sees: 3 if it sees colours; 1 if it sees the gray of every picture.
   * Gray pictures are for it the same in each channel.
   */
  default int planes() {
    return 1;
  }

  /**
   * Logits of not-cat, one per picture, in order; on a CPU each is the same bit by bit whatever is
   * scored beside it.
   *
   * @throws IllegalArgumentException for a picture of another size
   */
  float[] logits(List<? extends Raster> pictures);

  @Override
  void close();

  /** p(target) for a logit against the target, accurate at both extremes. */
  static double catProbability(double logit) {
    return 1 / (1 + Math.exp(logit));
  }

  /** The network gives no number where there must be one, as beneath a logarithm of 0. */
  final class NoNumberException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NoNumberException(String message) {
      super(message);
    }

    /** Returns the logit; {@code of} is what it is named as in the line that is said otherwise. */
    public static float unlessFinite(String of, float logit) {
      if (!Float.isFinite(logit)) {
        throw new NoNumberException(of + " is " + logit + ": the network gives no number there");
      }
      return logit;
    }
  }

  /** A classifier whose outputs can be read before they become the one logit. */
  interface OutputsClassifier extends Classifier {
    /**
     * What the network says of each picture: a logit for each of its classes, or its one output.
     *
     * @throws IllegalArgumentException for a picture of another size
     */
    List<float[]> outputs(List<? extends Raster> pictures);
  }
}
