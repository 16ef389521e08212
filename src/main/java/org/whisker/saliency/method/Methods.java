package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.saliency.Method;
import org.whisker.saliency.Need;
import org.whisker.saliency.SaliencyMethod;

/**
 * The list of all methods, in display order. A new method is a class and a line here; one outside
 * whisker is a class without options on the class path and a line in its {@code
 * META-INF/services/org.whisker.saliency.SaliencyMethod}, and comes after these.
 */
public final class Methods {
  private static final List<Method> ALL = list();
  private static final List<Method> SMOOTHED = smoothed(ALL);

  private Methods() {}

  private static List<Method> list() {
    List<Method> all = new ArrayList<>();
    all.addAll(
        List.of(
            InputGradient.METHOD,
            AbsoluteGradient.METHOD,
            GradientTimesInput.METHOD,
            SmoothGrad.METHOD,
            VarGrad.METHOD,
            IntegratedGradients.METHOD,
            GradientShap.METHOD,
            DeepLift.METHOD));
    all.addAll(Relevance.all());
    all.addAll(
        List.of(
            GradCam.METHOD,
            GradCamPlusPlus.METHOD,
            ScoreCam.METHOD,
            EigenCam.METHOD,
            LayerGradientTimesActivation.METHOD,
            LayerConductance.METHOD,
            OcclusionMethod.METHOD,
            RiseMethod.METHOD,
            LeaveOneOutMethod.METHOD,
            ShapleyMethod.METHOD));
    ServiceLoader.load(SaliencyMethod.class).forEach(other -> all.add(other.method()));
    Set<String> names = new HashSet<>();
    for (Method method : all) {
      if (!names.add(bare(method.label()))) {
        throw new IllegalStateException("two methods are called " + method.label());
      }
    }
    return List.copyOf(all);
  }

  /**
   * The mean under noise of each method that passes something back from the logit to the pixels.
   */
  private static List<Method> smoothed(List<Method> all) {
    return all.stream()
        .filter(method -> method.need() == Need.GRADIENTS || method.need() == Need.RULES)
        .filter(method -> !isMeanUnderNoise(method) && !method.equals(InputGradient.METHOD))
        .map(Smoothed::describe)
        .toList();
  }

  /** Whether its maps are means over noisy copies already. */
  public static boolean isMeanUnderNoise(Method method) {
    return List.of(SmoothGrad.METHOD, VarGrad.METHOD, GradientShap.METHOD).contains(method)
        || method.label().startsWith(Smoothed.PREFIX);
  }

  /** All methods, and those that are means of another under noise. */
  public static List<Method> known() {
    return Stream.concat(ALL.stream(), SMOOTHED.stream()).toList();
  }

  public static List<Method> all() {
    return ALL;
  }

  /**
   * The method of that name; case, hyphens and underscores don't matter.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Method named(String label) {
    return known().stream()
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
