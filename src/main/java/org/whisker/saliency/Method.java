package org.whisker.saliency;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.Raster;

/** Every way to explain one picture, in the order in which they are shown. */
public enum Method {
  GRADIENT(
      InputGradient.METHOD, Need.GRADIENTS, "how the logit changes with each gray value, signed"),
  ABSOLUTE_GRADIENT(
      AbsoluteGradient.METHOD, Need.GRADIENTS, "the gradient's size: how strongly, not which way"),
  GRADIENT_X_INPUT(
      GradientTimesInput.METHOD, Need.GRADIENTS, "the gradient times picture less baseline"),
  SMOOTHGRAD(SmoothGrad.METHOD, Need.GRADIENTS, "the mean gradient over noisy copies"),
  VARGRAD(VarGrad.METHOD, Need.GRADIENTS, "the variance of the gradient over noisy copies"),
  INTEGRATED_GRADIENTS(
      IntegratedGradients.METHOD,
      Need.GRADIENTS,
      "the gradient along the way from the baseline; adds up to the change of the logit"),
  GRAD_CAM(GradCam.METHOD, Need.FEATURES, "a layer's feature maps, weighted by their gradients"),
  GRAD_CAM_PLUS_PLUS(
      GradCamPlusPlus.METHOD, Need.FEATURES, "the same, by what speaks for cat alone"),
  OCCLUSION(Occlusion.METHOD, Need.NONE, "what hiding a window does, honest at the border"),
  RISE(Rise.METHOD, Need.NONE, "what showing a place does, over random masks"),
  LEAVE_ONE_OUT(
      LeaveOneOut.METHOD, Need.BLACK_PIXELS, "what each black pixel does for the picture it is in"),
  SHAPLEY(
      ShapleySampling.METHOD,
      Need.BLACK_PIXELS,
      "the logit shared out between the black pixels, with standard errors");

  private final String label;
  private final Need need;
  private final String line;

  Method(String label, Need need, String line) {
    this.label = label;
    this.need = need;
    this.line = line;
  }

  /** As users type it. */
  public String label() {
    return label;
  }

  public Need need() {
    return need;
  }

  /** What it does, in a line. */
  public String line() {
    return line;
  }

  /** Whether it is the gradient's or the layers' own, and no pictures are changed and scored. */
  public boolean usesGradients() {
    return need == Need.GRADIENTS || need == Need.FEATURES;
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException for another name; the message lists them
   */
  public static Method parse(String label) {
    return Arrays.stream(values())
        .filter(method -> method.label.equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no method " + label + "; there are " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(Method::label).collect(Collectors.joining(", "));
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
}
