package org.whisker.saliency.method;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.whisker.saliency.Method;

/** The list of all methods, in display order. A new method is a class and a line here. */
public final class Methods {
  private static final List<Method> ALL =
      List.of(
          InputGradient.METHOD,
          AbsoluteGradient.METHOD,
          GradientTimesInput.METHOD,
          SmoothGrad.METHOD,
          VarGrad.METHOD,
          IntegratedGradients.METHOD,
          GradCam.METHOD,
          GradCamPlusPlus.METHOD,
          OcclusionMethod.METHOD,
          RiseMethod.METHOD,
          LeaveOneOutMethod.METHOD,
          ShapleyMethod.METHOD);

  private Methods() {}

  /** All methods. */
  public static List<Method> all() {
    return ALL;
  }

  /**
   * The method of that name; case, hyphens and underscores don't matter.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Method named(String label) {
    return ALL.stream()
        .filter(method -> bare(method.label()).equals(bare(label)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no method " + label + "; there are " + labels()));
  }

  private static String bare(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  private static String labels() {
    return ALL.stream().map(Method::label).collect(Collectors.joining(", "));
  }
}
