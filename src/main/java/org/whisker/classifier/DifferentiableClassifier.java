package org.whisker.classifier;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.image.Raster;

/** A classifier that can also compute the gradient of its logit with respect to its input. */
public interface DifferentiableClassifier extends Classifier {
  /**
   * The derivative of each picture's logit (of not-cat) with respect to its own values, 0 black to
   * 1 white.
   *
   * @return one array per picture, row-major over {@link #canvas()}, plane after plane where it
   *     sees the picture's colours, in logits per full black-to-white step. A negative value means
   *     that whitening the pixel raises p(target).
   */
  List<float[]> inputGradients(List<? extends Raster> pictures);

  /** The gradient of each picture's logit, with that logit, by one pass where it can be. */
  default List<LogitGradient> logitGradients(List<? extends Raster> pictures) {
    return LogitGradient.of(logits(pictures), inputGradients(pictures));
  }

  /** A logit (of not-cat) of a picture, and its gradient. */
  final class LogitGradient {
    private final float logit;
    private final float[] gradient;

    private LogitGradient(float logit, float[] gradient) {
      this.logit = logit;
      this.gradient = gradient;
    }

    /** Those of several pictures, in order. */
    public static List<LogitGradient> of(float[] logits, List<float[]> gradients) {
      return IntStream.range(0, logits.length)
          .mapToObj(i -> new LogitGradient(logits[i], gradients.get(i)))
          .toList();
    }

    /** Up to rounding that of {@link Classifier#logits}. */
    public float logit() {
      return logit;
    }

    /** As of {@link #inputGradients}. */
    public float[] gradient() {
      return gradient;
    }
  }
}
