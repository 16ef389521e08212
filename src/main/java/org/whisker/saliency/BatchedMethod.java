package org.whisker.saliency;

import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;

/**
 * A method that can explain several pictures in the same passes.
 *
 * @param <C> what it needs of the classifier
 */
public interface BatchedMethod<C extends Classifier> extends SaliencyMethod {
  /**
   * One map a picture, in their order; up to rounding the same for any batch size, and whichever
   * other pictures there are.
   *
   * @param batch how many pictures go through the network in one call, at least 1
   * @throws IllegalArgumentException if a picture is not of the classifier's size
   */
  List<SaliencyMap> maps(C classifier, List<? extends Raster> pictures, int batch);
}
