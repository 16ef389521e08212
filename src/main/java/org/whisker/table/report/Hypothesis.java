package org.whisker.table.report;

import java.util.Arrays;
import java.util.List;
import org.whisker.explain.Question;

/**
 * A suspected cause, as reports ask for it.
 *
 * @param id as tables call it, such as {@code padding}
 * @param question in words
 * @param experiment what is done to answer it, in one line
 */
public record Hypothesis(String id, String question, String experiment) {
  /** The hypothesis that evolved pixels lie where random ones would. */
  public static final String GEOMETRY = Question.GEOMETRY.id();

  /** All of them, in the order of reports. */
  public static List<Hypothesis> all() {
    return Arrays.stream(Question.values())
        .map(q -> new Hypothesis(q.id(), q.question(), q.experiment()))
        .toList();
  }
}
