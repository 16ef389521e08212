package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Raster;

/**
 * A classifier whose layers can pass back other things than gradients. Arrays are row-major over
 * {@link #canvas()}, in logits of not-cat.
 */
public interface RelevanceClassifier extends DifferentiableClassifier {
  /**
   * The relevance of each pixel for the logit by layer-wise relevance propagation, which begins
   * with the logit itself: the sum over the pixels is the logit, as far as a rule conserves it.
   *
   * @throws IllegalArgumentException in one line for a network with a layer that has no such rule
   */
  List<float[]> relevances(RelevanceRule rule, List<? extends Raster> pictures);

  /**
   * The contribution of each pixel to the logit by DeepLIFT's rescale rule (Shrikumar et al., 2017,
   * arXiv:1704.02685): gradients, but through each activation and maximum the ratio of the
   * differences from the reference picture. The sum is the difference of the logits where no layer
   * multiplies what it reads.
   *
   * @param references one a picture
   */
  List<float[]> rescaled(List<? extends Raster> pictures, List<? extends Raster> references);
}
