package org.whisker.saliency;

import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;

/**
 * A way to say which pixels of a picture a classifier's logit depends on. A method is a value: its
 * options are set, and the same options give the same maps.
 *
 * @param <C> what it needs of the classifier
 */
public interface SaliencyMethod<C extends Classifier> {
  /** As users type it. */
  String name();

  /**
   * One map a picture, in their order; up to rounding the same for any batch size, and whichever
   * other pictures there are.
   *
   * @param batch how many pictures go through the network in one call, at least 1
   * @throws IllegalArgumentException if a picture is not of the classifier's size
   */
  List<SaliencyMap> maps(C classifier, List<? extends Raster> pictures, int batch);
}
