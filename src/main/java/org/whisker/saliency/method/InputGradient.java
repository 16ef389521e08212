package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/**
 * The signed gradient of the logit against the target with respect to the gray values (Simonyan,
 * Vedaldi and Zisserman, 2013, arXiv:1312.6034, without their absolute value and without a maximum
 * over channels).
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits per full step from black
 * to white. Sign: below 0, a lighter pixel is evidence for cat; above 0, a darker one. To first
 * order, turning a white pixel black changes the logit by the negative of this value.
 */
public final class InputGradient implements BatchedMethod<DifferentiableClassifier> {
  public static final Method METHOD =
      new Method(
          "gradient",
          Need.GRADIENTS,
          "logits per black-to-white step",
          SignConvention.WHITE_TOWARDS_NOT_TARGET,
          "the derivative of the logit by each gray value, signed",
          set -> new InputGradient());

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    return Optional.of(Attribution.of(METHOD, input.map(this)));
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    return of(classifier, pictures, batch);
  }

  /**
   * The gradient at each image, in order.
   *
   * @param batchSize images per forward pass, at least 1
   * @throws IllegalArgumentException if a picture is not of the classifier's size
   */
  public static List<SaliencyMap> of(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batchSize) {
    return gradients(classifier, pictures, batchSize).stream()
        .map(gradient -> METHOD.map(classifier.canvas(), gradient))
        .toList();
  }

  /** The same, empty at pictures where the network has none: roots and logarithms can be NaN. */
  public static List<Optional<SaliencyMap>> wherever(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batchSize) {
    return gradients(classifier, pictures, batchSize).stream()
        .map(
            gradient ->
                IntStream.range(0, gradient.length).allMatch(i -> Float.isFinite(gradient[i]))
                    ? Optional.of(METHOD.map(classifier.canvas(), gradient))
                    : Optional.<SaliencyMap>empty())
        .toList();
  }

  /**
   * Returns the gradient at each picture, in order: one value for each value of the picture, of
   * colours plane after plane.
   */
  static List<float[]> gradients(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batchSize) {
    BatchedGradients.check(classifier, pictures, batchSize);
    List<float[]> gradients = new ArrayList<>(pictures.size());
    BatchedGradients.of(
        classifier,
        pictures.size(),
        1,
        (picture, variant) -> pictures.get(picture),
        batchSize,
        (picture, variant, gradient) -> gradients.add(gradient));
    return gradients;
  }
}
