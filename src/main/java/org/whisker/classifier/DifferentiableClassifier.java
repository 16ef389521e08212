package org.whisker.classifier;

import java.util.List;
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
}
