package org.whisker.saliency;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * What is known of a method before its options are set. {@link org.whisker.saliency.method.Methods}
 * lists them.
 *
 * @param label its name, as users type it and as its maps carry it
 * @param need what it needs besides a logit
 * @param unit of its map's values
 * @param sign what the sign of its map's values says
 * @param line what it does, in a line
 * @param factory makes the method from the options that it uses
 */
public record Method(
    String label,
    Need need,
    String unit,
    SignConvention sign,
    String line,
    Function<MethodSettings, SaliencyMethod> factory) {
  public Method {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(need, "need");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(sign, "sign");
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(factory, "factory");
  }

  /** With its options set; others are ignored. */
  public SaliencyMethod with(MethodSettings settings) {
    return factory.apply(settings);
  }

  /** Why it can't be used here; empty if it can. */
  public Optional<String> obstacle(Classifier classifier, Raster picture) {
    return switch (need) {
      case NONE -> Optional.empty();
      case GRADIENTS ->
          without(classifier instanceof DifferentiableClassifier, classifier, "gradients");
      case FEATURES ->
          without(classifier instanceof FeatureClassifier, classifier, "layers to look at");
      case BLACK_PIXELS ->
          BlackOnWhite.of(picture).isPresent()
              ? Optional.empty()
              : Optional.of(label + " needs black pixels on white; the picture has grays");
    };
  }

  private Optional<String> without(boolean there, Classifier classifier, String what) {
    return there
        ? Optional.empty()
        : Optional.of(label + " needs " + what + ", which " + classifier.name() + " has not");
  }

  /** A map of this method, with its unit and sign. */
  public SaliencyMap map(Canvas canvas, float[] values) {
    return new SaliencyMap(canvas, values, unit, label, sign);
  }

  /** A map of values that were computed in double. */
  public SaliencyMap map(Canvas canvas, double[] values) {
    return Inputs.map(canvas, values, unit, label, sign);
  }

  @Override
  public String toString() {
    return label;
  }
}
