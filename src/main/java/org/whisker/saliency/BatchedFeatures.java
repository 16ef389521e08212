package org.whisker.saliency;

import java.util.List;
import java.util.function.Consumer;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;

/** A layer's feature maps, so many pictures in one call; only those are in memory. */
public final class BatchedFeatures {
  private BatchedFeatures() {}

  /** Hands {@code sink} the feature maps of each picture, in order. */
  public static void of(
      FeatureClassifier classifier,
      String layer,
      List<? extends Raster> pictures,
      int batch,
      Consumer<Features> sink) {
    BatchedGradients.check(classifier, pictures, batch);
    int from = 0;
    while (from < pictures.size()) {
      int to = (int) Math.min(pictures.size(), (long) from + batch);
      classifier.features(layer, pictures.subList(from, to)).forEach(sink);
      from = to;
    }
  }
}
