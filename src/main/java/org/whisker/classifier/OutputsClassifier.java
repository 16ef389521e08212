package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Raster;

/** A classifier whose outputs can be read before they become the one logit. */
public interface OutputsClassifier extends Classifier {
  /**
   * What the network says of each picture: a logit for each of its classes, or its one output.
   *
   * @throws IllegalArgumentException for a picture of another size
   */
  List<float[]> outputs(List<? extends Raster> pictures);
}
