package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.RelevanceClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;

/**
 * The input of a method: image, classifier, batch size, progress and stop signal.
 *
 * @param batch images per forward pass, at least 1
 * @param progress receives the number of perturbed images scored so far; not called by gradient
 *     methods
 * @param stopped polled before each batch of perturbed images
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

  /** The classifier, for a method that {@linkplain Need#GRADIENTS needs gradients}. */
  public DifferentiableClassifier differentiable() {
    return (DifferentiableClassifier) classifier;
  }

  /** The classifier, for a method that {@linkplain Need#FEATURES needs a layer}. */
  public FeatureClassifier features() {
    return (FeatureClassifier) classifier;
  }

  /** The classifier, for a method that {@linkplain Need#RULES needs rules}. */
  public RelevanceClassifier relevant() {
    return (RelevanceClassifier) classifier;
  }

  /** This input with another image. */
  public MethodInput of(Raster other) {
    return new MethodInput(classifier, other, batch, progress, stopped);
  }

  /** The image, for a method that {@linkplain Need#BLACK_PIXELS needs black pixels}. */
  public BlackPixels black() {
    return BlackOnWhite.of(picture).orElseThrow();
  }

  /** The map of the image by a gradient method. */
  public SaliencyMap map(BatchedMethod<? super DifferentiableClassifier> method) {
    return method.maps(differentiable(), List.of(picture), batch).get(0);
  }
}
