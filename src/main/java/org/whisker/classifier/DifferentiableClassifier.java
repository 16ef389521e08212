package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Raster;

/** A classifier that can also say how its logit changes with its input. */
public interface DifferentiableClassifier extends Classifier {
  /**
   * The derivative of each picture's logit (of not-cat) by its own gray values, 0 black to 1 white.
   *
   * @return one array a picture, row-major over {@link #canvas()}, in logits per full
   *     black-to-white step. A negative value means: more white there, more cat.
   */
  List<float[]> inputGradients(List<? extends Raster> pictures);
}
