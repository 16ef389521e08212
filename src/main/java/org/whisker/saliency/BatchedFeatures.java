package org.whisker.saliency;

import java.util.List;
import java.util.function.Consumer;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;

/** Feature maps of a layer, computed in batches; only one batch is in memory. */
public final class BatchedFeatures {
  private BatchedFeatures() {}

  /** Passes the feature maps of each image to {@code sink}, in order. */
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
