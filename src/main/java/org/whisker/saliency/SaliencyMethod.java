package org.whisker.saliency;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.RelevanceClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;

/**
 * An attribution method: which pixels of an image a classifier's logit depends on. A method is a
 * value with fixed options and deterministic: equal options give the same map.
 */
public interface SaliencyMethod {
  /** What the method is: name, needs, unit and sign. */
  Method method();

  /** A short description of its options; an empty text if it has none. */
  default String options() {
    return "";
  }

  /**
   * Explains one image.
   *
   * @param input for which {@link Method#obstacle} is empty
   * @return empty when stopped
   * @throws IllegalArgumentException for an unknown layer, or if the picture is not of the
   *     classifier's size; a {@link NoMapException} where the method has no map of the picture
   */
  Optional<Attribution> explain(MethodInput input);

  /** Tells that a method has no map of a picture, which only what the network computes shows. */
  final class NoMapException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public NoMapException(String message) {
      super(message);
    }
  }

  /**
   * A method that explains several images in one batch.
   *
   * @param <C> the type of classifier that it needs
   */
  interface BatchedMethod<C extends Classifier> extends SaliencyMethod {
    /**
     * One map per image, in order; up to rounding independent of the batch size and the other
     * images.
     *
     * @param batch images per forward pass, at least 1
     * @throws IllegalArgumentException if a picture is not of the classifier's size
     */
    List<SaliencyMap> maps(C classifier, List<? extends Raster> pictures, int batch);
  }

  /**
   * The input of a method: image, classifier, batch size, progress and stop signal.
   *
   * @param batch images per forward pass, at least 1
   * @param progress receives the number of perturbed images scored so far; not called by gradient
   *     methods
   * @param stopped polled before each batch of perturbed images
   */
  record MethodInput(
      Classifier classifier,
      Raster picture,
      int batch,
      IntConsumer progress,
      BooleanSupplier stopped) {
    public MethodInput {
      Inputs.atLeast(1, "batch size", batch);
    }

    /** The classifier, for a method that {@linkplain Method.Need#GRADIENTS needs gradients}. */
    public DifferentiableClassifier differentiable() {
      return (DifferentiableClassifier) classifier;
    }

    /** The classifier, for a method that {@linkplain Method.Need#FEATURES needs a layer}. */
    public FeatureClassifier features() {
      return (FeatureClassifier) classifier;
    }

    /** The classifier, for a method that {@linkplain Method.Need#RULES needs rules}. */
    public RelevanceClassifier relevant() {
      return (RelevanceClassifier) classifier;
    }

    /** Returns this input with another image. */
    public MethodInput of(Raster other) {
      return new MethodInput(classifier, other, batch, progress, stopped);
    }

    /** The image, for a method that {@linkplain Method.Need#BLACK_PIXELS needs black pixels}. */
    public BlackPixels black() {
      return Inputs.blackOnWhite(picture).orElseThrow();
    }

    /** The map of the image by a gradient method. */
    public SaliencyMap map(BatchedMethod<? super DifferentiableClassifier> method) {
      return method.maps(differentiable(), List.of(picture), batch).get(0);
    }
  }
}
