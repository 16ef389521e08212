package org.whisker.cli.saliency;

import java.util.ArrayList;
import java.util.List;
import org.whisker.cli.shared.TextTable;
import org.whisker.io.CloseName;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.Methods;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.saliency.SaliencyConfig;
import picocli.CommandLine.Option;

/** Which methods. */
final class SaliencyMethodOptions {
  private static final String ALL = "all";
  private static final String QUICK = "quick";
  private static final String LIST = "list";

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description =
          "The methods: quick, all, list (describes each one), or names separated by commas."
              + " Default: quick.")
  private List<String> names = List.of(QUICK);

  /** Whether only the list of methods is requested. */
  boolean list() {
    return names.contains(LIST);
  }

  /** Whether all methods were named explicitly: one that cannot be applied is then a failure. */
  boolean isByName() {
    return !names.contains(ALL) && !names.contains(QUICK);
  }

  /**
   * The requested methods by name.
   *
   * @throws InvalidRequestException for an unknown name
   */
  List<String> methods() {
    List<String> asked = new ArrayList<>();
    for (String name : names) {
      switch (name) {
        case ALL -> Methods.all().forEach(method -> asked.add(method.label()));
        case QUICK -> asked.addAll(SaliencyConfig.QUICK);
        default -> asked.add(InvalidRequestException.check(() -> known(name)));
      }
    }
    return asked;
  }

  private static String known(String name) {
    try {
      return Methods.named(name).label();
    } catch (IllegalArgumentException e) {
      List<String> labels = Methods.known().stream().map(Method::label).toList();
      throw new IllegalArgumentException(
          "--method '%s'%s: there are quick, all, list, %s"
              .formatted(name, CloseName.hint(name, labels), String.join(", ", labels)),
          e);
    }
  }

  /** One line for each method; those of {@code quick} have a star. */
  static String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "QUICK", "NEEDS", "MAP"));
    for (Method method : Methods.all()) {
      rows.add(
          List.of(
              method.label(),
              SaliencyConfig.QUICK.contains(method.label()) ? "*" : "",
              switch (method.need()) {
                case NONE -> "-";
                case GRADIENTS -> "gradients";
                case FEATURES -> "a layer";
                case RULES -> "known layers";
                case BLACK_PIXELS -> "black on white";
              },
              method.line()));
    }
    return TextTable.of(rows)
        + "smooth-NAME: the mean of a method over noisy copies, for those that need gradients or known"
        + " layers\n";
  }
}
