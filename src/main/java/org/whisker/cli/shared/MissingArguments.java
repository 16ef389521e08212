package org.whisker.cli.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Options and parameters that a new job needs, but one that is gone on with does not: picocli knows
 * only such as are always needed.
 */
public final class MissingArguments {
  private final List<String> options = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();

  /**
   * Notes an option that was not given.
   *
   * @param label as help shows it
   * @return the value, or an empty text in its place
   */
  public String option(String label, @Nullable String value) {
    if (value == null) {
      options.add(label);
    }
    return value == null ? "" : value;
  }

  /** The same for a parameter of several values. */
  public List<String> parameter(String label, List<String> values) {
    if (values.isEmpty()) {
      parameters.add(label);
    }
    return values;
  }

  /**
   * Refuses the command line where something is missing, as picocli does.
   *
   * @throws ParameterException naming all that is missing
   */
  public void refuse(CommandLine command) {
    List<String> all = new ArrayList<>(options);
    all.addAll(parameters);
    if (!all.isEmpty()) {
      String many = all.size() == 1 ? "" : "s";
      List<String> what = new ArrayList<>();
      if (!options.isEmpty()) {
        what.add("option" + many);
      }
      if (!parameters.isEmpty()) {
        what.add("parameter" + many);
      }
      throw new ParameterException(
          command,
          "Missing required %s: %s"
              .formatted(
                  String.join(" and ", what),
                  all.stream().map(each -> "'" + each + "'").collect(Collectors.joining(", "))));
    }
  }
}
