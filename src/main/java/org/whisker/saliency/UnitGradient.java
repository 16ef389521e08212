package org.whisker.saliency;

import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * Source of the derivative of one unit inside a network, usually at the centre of a feature map.
 */
public interface UnitGradient {
  /** The size of its input images. */
  Canvas canvas();

  /**
   * The derivative of the unit (summed over the channels at its position) with respect to the gray
   * values of each image.
   *
   * @return one array per image, row-major over {@link #canvas()}
   */
  List<float[]> ofCentre(List<? extends Raster> pictures);
}
