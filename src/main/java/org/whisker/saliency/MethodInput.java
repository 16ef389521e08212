package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;

/**
 * What a method is given: a picture, the classifier, and how to run.
 *
 * @param batch how many pictures go through the network in one call, at least 1
 * @param progress told how many changed pictures are scored; not of gradients
 * @param stopped asked before each batch of changed pictures
 */
public record MethodInput(
    Classifier classifier,
    Raster picture,
    int batch,
    IntConsumer progress,
    BooleanSupplier stopped) {
  public MethodInput {
    Objects.requireNonNull(classifier, "classifier");
    Objects.requireNonNull(picture, "picture");
    Inputs.atLeast(1, "batch size", batch);
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(stopped, "stopped");
  }

  /** The classifier of a method that {@linkplain Need#GRADIENTS needs gradients}. */
  public DifferentiableClassifier differentiable() {
    return (DifferentiableClassifier) classifier;
  }

  /** The classifier of a method that {@linkplain Need#FEATURES needs a layer}. */
  public FeatureClassifier features() {
    return (FeatureClassifier) classifier;
  }

  /** The picture of a method that {@linkplain Need#BLACK_PIXELS needs black pixels}. */
  public BlackPixels black() {
    return BlackOnWhite.of(picture).orElseThrow();
  }

  /** The picture's map by a method that needs gradients alone. */
  public SaliencyMap map(BatchedMethod<? super DifferentiableClassifier> method) {
    return method.maps(differentiable(), List.of(picture), batch).get(0);
  }
}
