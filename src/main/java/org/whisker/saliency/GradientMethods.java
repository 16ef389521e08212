package org.whisker.saliency;

import java.util.List;
import java.util.Objects;
import org.whisker.classifier.FeatureClassifier;

/** The methods that need gradients, by the names that users type. */
public final class GradientMethods {
  private static final List<String> NAMES =
      List.of(
          InputGradient.METHOD,
          AbsoluteGradient.METHOD,
          GradientTimesInput.METHOD,
          SmoothGrad.METHOD,
          VarGrad.METHOD,
          IntegratedGradients.METHOD,
          GradCam.METHOD,
          GradCamPlusPlus.METHOD);

  private GradientMethods() {}

  /**
   * What the methods are set to; each takes what it knows.
   *
   * @param steps of integrated gradients
   */
  public record Settings(Baseline baseline, int steps, NoiseOptions noise, CamOptions cam) {
    public Settings {
      Objects.requireNonNull(baseline, "baseline");
      Objects.requireNonNull(noise, "noise");
      Objects.requireNonNull(cam, "cam");
    }
  }

  /** The names, the plainest method first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The method of that name.
   *
   * @throws IllegalArgumentException for another name; the message lists them
   */
  public static SaliencyMethod<? super FeatureClassifier> named(String name, Settings set) {
    return switch (name) {
      case InputGradient.METHOD -> new InputGradient();
      case AbsoluteGradient.METHOD -> new AbsoluteGradient();
      case GradientTimesInput.METHOD -> new GradientTimesInput(set.baseline());
      case SmoothGrad.METHOD -> new SmoothGrad(set.noise());
      case VarGrad.METHOD -> new VarGrad(set.noise());
      case IntegratedGradients.METHOD -> new IntegratedGradients(set.baseline(), set.steps());
      case GradCam.METHOD -> new GradCam(set.cam());
      case GradCamPlusPlus.METHOD -> new GradCamPlusPlus(set.cam());
      default ->
          throw new IllegalArgumentException(
              "no gradient method " + name + "; there are " + String.join(", ", NAMES));
    };
  }
}
