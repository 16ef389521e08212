package org.whisker.saliency;

import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * Where the derivative of one unit inside a network, usually in the middle of a map, comes from.
 */
public interface UnitGradient {
  /** The size of the pictures that it takes. */
  Canvas canvas();

  /**
   * The derivative, by each picture's gray values, of the unit (summed over the channels of its
   * place).
   *
   * @return one array a picture, row-major over {@link #canvas()}
   */
  List<float[]> ofCentre(List<? extends Raster> pictures);
}
