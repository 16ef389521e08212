package org.whisker.saliency;

import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;

/**
 * A method that explains several images in one batch.
 *
 * @param <C> the type of classifier that it needs
 */
public interface BatchedMethod<C extends Classifier> extends SaliencyMethod {
  /**
   * One map per image, in order; up to rounding independent of the batch size and the other images.
   *
   * @param batch images per forward pass, at least 1
   * @throws IllegalArgumentException if a picture is not of the classifier's size
   */
  List<SaliencyMap> maps(C classifier, List<? extends Raster> pictures, int batch);
}
