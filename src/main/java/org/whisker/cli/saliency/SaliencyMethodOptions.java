package org.whisker.cli.saliency;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.cli.shared.TextTable;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.GradCam;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.saliency.method.LeaveOneOutMethod;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.SmoothGrad;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Option;

/** Which methods. */
final class SaliencyMethodOptions {
  private static final String ALL = "all";
  private static final String QUICK = "quick";
  private static final String LIST = "list";
  private static final Set<Method> QUICK_ONES =
      Set.of(
          InputGradient.METHOD,
          SmoothGrad.METHOD,
          IntegratedGradients.METHOD,
          GradCam.METHOD,
          OcclusionMethod.METHOD,
          LeaveOneOutMethod.METHOD);

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description =
          "The methods: quick, all, list (describes each one), or names separated by commas."
              + " Default: quick.")
  private List<String> names = List.of(QUICK);

  /** Whether only to say which there are. */
  boolean list() {
    return names.contains(LIST);
  }

  /** Whether each was asked for by its name: one that can't be used is then a failure. */
  boolean byName() {
    return !names.contains(ALL) && !names.contains(QUICK);
  }

  /**
   * The methods, each once, in their own order.
   *
   * @throws InvalidRequestException for a name that there is not
   */
  List<Method> methods() {
    Set<Method> asked = new LinkedHashSet<>();
    for (String name : names) {
      switch (name) {
        case ALL -> asked.addAll(Methods.all());
        case QUICK -> asked.addAll(QUICK_ONES);
        default -> asked.add(InvalidRequestException.check(() -> parse(name)));
      }
    }
    return Methods.all().stream().filter(asked::contains).toList();
  }

  private static Method parse(String name) {
    try {
      return Methods.named(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--method '"
              + name
              + "': there are quick, all, list, "
              + Methods.all().stream().map(Method::label).collect(Collectors.joining(", ")),
          e);
    }
  }

  /** What each method does, a line each; those of quick have a star. */
  static String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "QUICK", "NEEDS", "WHAT IT SAYS"));
    for (Method method : Methods.all()) {
      rows.add(
          List.of(
              method.label(),
              QUICK_ONES.contains(method) ? "*" : "",
              switch (method.need()) {
                case NONE -> "-";
                case GRADIENTS -> "gradients";
                case FEATURES -> "a layer";
                case BLACK_PIXELS -> "black on white";
              },
              method.line()));
    }
    return TextTable.of(rows);
  }
}
