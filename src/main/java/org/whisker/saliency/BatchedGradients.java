package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;
import org.whisker.value.Checks;

/** Input gradients at variants of images, batched over variants and images. */
public final class BatchedGradients {
  private BatchedGradients() {}

  /** A variant of a picture, such as one with noise. */
  public interface Variants {
    Raster of(int picture, int variant);
  }

  /** Receives the gradients image by image, the variants of each in order. */
  public interface Sink {
    void accept(int picture, int variant, float[] gradient);
  }

  /**
   * Passes the gradients at {@code each} variants of each of {@code pictures} images to {@code
   * sink}.
   */
  public static void of(
      DifferentiableClassifier classifier,
      int pictures,
      int each,
      Variants variants,
      int batch,
      Sink sink) {
    int count = Math.multiplyExact(pictures, each);
    int from = 0;
    while (from < count) {
      int to = (int) Math.min(count, (long) from + batch);
      List<Raster> some = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        some.add(variants.of(i / each, i % each));
      }
      List<float[]> gradients = classifier.inputGradients(some);
      for (int i = from; i < to; i++) {
        sink.accept(i / each, i % each, gradients.get(i - from));
      }
      from = to;
    }
  }

  /** The logits of images, computed in batches. */
  public static float[] logits(Classifier classifier, List<? extends Raster> pictures, int batch) {
    float[] logits = new float[pictures.size()];
    int from = 0;
    while (from < logits.length) {
      int to = (int) Math.min(logits.length, (long) from + batch);
      float[] some = classifier.logits(pictures.subList(from, to));
      System.arraycopy(some, 0, logits, from, to - from);
      from = to;
    }
    return logits;
  }

  /** Checks that images have the classifier's size and that the batch size is positive. */
  public static void check(Classifier classifier, List<? extends Raster> pictures, int batch) {
    Checks.refuse(batch < 1, "batch size must be at least 1, was %s", batch);
    for (Raster picture : pictures) {
      Checks.refuse(
          !picture.canvas().equals(classifier.canvas()),
          "%s takes %s pictures, not %s",
          classifier.name(),
          classifier.canvas(),
          picture.canvas());
    }
  }

  /**
   * Feature maps of a layer, computed in batches; only one batch is in memory.
   *
   * <p>Passes the feature maps of each image to {@code sink}, in order.
   */
  public static void batchedFeatures(
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
