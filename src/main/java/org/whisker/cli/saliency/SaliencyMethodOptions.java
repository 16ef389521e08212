package org.whisker.cli.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.whisker.cli.shared.TextTable;
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

  /** Whether only to say which there are. */
  boolean list() {
    return names.contains(LIST);
  }

  /** Whether each was asked for by its name: one that can't be used is then a failure. */
  boolean isByName() {
    return !names.contains(ALL) && !names.contains(QUICK);
  }

  /**
   * The methods by name.
   *
   * @throws InvalidRequestException for a name that there is not
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
              SaliencyConfig.QUICK.contains(method.label()) ? "*" : "",
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
