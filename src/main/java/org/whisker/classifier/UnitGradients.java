package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Raster;

/**
 * A classifier that can compute input gradients of one position of a feature map; their energy is
 * the effective receptive field (Luo et al., 2016, arXiv:1701.04128).
 */
public interface UnitGradients extends FeatureClassifier {
  /**
   * The derivative, with respect to each picture's own gray values, of one position of a layer,
   * summed over its channels: {@code d Σ_c weights[c] · layer[c, y, x] / d gray}.
   *
   * @param channelWeights one per channel: all 1 for the plain sum; random signs so that channels
   *     do not cancel each other; a single 1 for one unit
   * @return one array per picture, row-major over {@link #canvas()}, in the layer's units per full
   *     black-to-white step
   * @throws IllegalArgumentException for an unknown layer, a position outside its grid, or a wrong
   *     number of weights
   */
  List<float[]> unitGradients(
      String layer, int y, int x, float[] channelWeights, List<? extends Raster> pictures);
}
