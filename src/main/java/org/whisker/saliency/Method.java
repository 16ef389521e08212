package org.whisker.saliency;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.RelevanceClassifier;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMap.SignConvention;

/**
 * Description of an attribution method, independent of its options. {@link
 * org.whisker.saliency.method.Methods} lists them.
 *
 * @param label its name in options and files
 * @param need what it needs besides logits
 * @param unit the unit of its map's values
 * @param sign meaning of the sign of its map's values
 * @param line one-line description
 * @param factory creates the method from its options
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

  /** The method with its options taken from the settings; other settings are ignored. */
  public SaliencyMethod with(MethodSettings settings) {
    return factory.apply(settings);
  }

  /** The reason why the method cannot be applied; empty if it can. */
  public Optional<String> obstacle(Classifier classifier, Raster picture) {
    return switch (need) {
      case NONE -> Optional.empty();
      case GRADIENTS ->
          without(classifier instanceof DifferentiableClassifier, classifier, "gradients");
      case FEATURES ->
          without(classifier instanceof FeatureClassifier, classifier, "layers to look at");
      case RULES, POSITIONS ->
          without(classifier instanceof RelevanceClassifier, classifier, "layers with rules")
              .or(() -> refusal((RelevanceClassifier) classifier));
      case ATTENTION ->
          classifier instanceof FeatureClassifier features && features.tokens().isPresent()
              ? Optional.empty()
              : Optional.of(
                  label
                      + " needs attention between all tokens, which "
                      + classifier.name()
                      + " has not");
      case BLACK_PIXELS ->
          Inputs.blackOnWhite(picture).isPresent()
              ? Optional.empty()
              : Optional.of(label + " needs black pixels on white; the picture has other tones");
    };
  }

  private Optional<String> refusal(RelevanceClassifier classifier) {
    if (label.contains("guided")) {
      return classifier.guidingRefusal();
    }
    return RelevanceRule.of(label).map(classifier::refusal).orElseGet(classifier::rescalingRefusal);
  }

  private Optional<String> without(boolean there, Classifier classifier, String what) {
    return there
        ? Optional.empty()
        : Optional.of(label + " needs " + what + ", which " + classifier.name() + " has not");
  }

  /**
   * A map of this method, with its unit and sign.
   *
   * @param values row-major; of colours plane after plane, which are summed
   */
  public SaliencyMap map(Canvas canvas, float[] values) {
    return new SaliencyMap(canvas, Inputs.perPixel(canvas, values), unit, label, sign);
  }

  /** A map of values computed in double precision. */
  public SaliencyMap map(Canvas canvas, double[] values) {
    return Inputs.map(canvas, Inputs.perPixel(canvas, values), unit, label, sign);
  }

  @Override
  public String toString() {
    return label;
  }

  /** What a method needs besides logits. */
  public enum Need {
    /** The method needs nothing. */
    NONE,
    /** The gradient with respect to the input. */
    GRADIENTS,
    /** The feature maps of a layer and their gradients. */
    FEATURES,
    /** Attention between all tokens. */
    ATTENTION,
    /** Layers that pass back relevance by rules of their own. */
    RULES,
    /** The same, and an embedding of places that is added to tokens. */
    POSITIONS,
    /** A binary image, whose black pixels are removed. */
    BLACK_PIXELS;

    /** Whether something is passed back from the logit to the pixels. */
    public boolean isPassedBack() {
      return this == GRADIENTS || this == RULES || this == POSITIONS;
    }

    /** Whether it is only there in networks of tokens, such as vision transformers. */
    public boolean isOfTokens() {
      return this == ATTENTION || this == POSITIONS;
    }
  }
}
