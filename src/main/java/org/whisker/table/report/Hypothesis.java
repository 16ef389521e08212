package org.whisker.table.report;

import java.util.Arrays;
import java.util.List;
import org.whisker.explain.Question;

/**
 * A hypothesised cause, as used in reports.
 *
 * @param id identifier in tables, such as {@code padding}
 * @param question the question in words
 * @param experiment the experiment that tests it, in one line
 * @param cause the suspected cause in a few words
 */
public record Hypothesis(String id, String question, String experiment, String cause) {
  /** The hypothesis that evolved pixels are distributed like random ones. */
  public static final String GEOMETRY = Question.GEOMETRY.id();

  /** All hypotheses, in the order of reports. */
  public static List<Hypothesis> all() {
    return Arrays.stream(Question.values())
        .map(q -> new Hypothesis(q.id(), q.question(), q.experiment(), q.cause()))
        .toList();
  }
}
