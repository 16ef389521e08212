package org.whisker.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The mark of a verdict and its rank in sorted tables. */
public enum VerdictMark {
  SUPPORTED("\u25cf"),
  OPPOSITE("\u25bd"),
  NO_EFFECT("\u25cb"),
  REFUTED("\u2715"),
  UNDECIDED("\u25d0"),
  NOT_ENOUGH_CATS("\u25cc"),
  /** A control of the method rather than a hypothesis. */
  CONTROL("\u25c7"),
  /** Not tested in this report. */
  UNTESTED("\u2013");

  private final String mark;

  VerdictMark(String mark) {
    this.mark = mark;
  }

  /**
   * The mark of a verdict.
   *
   * @param verdict name in tables, such as {@code supported}
   */
  public static VerdictMark of(String verdict) {
    return Arrays.stream(values())
        .filter(v -> v.style().equals(verdict))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no verdict is called " + verdict));
  }

  public String mark() {
    return mark;
  }

  /** Name of the verdict in tables and style sheets. */
  public String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Sort key of tables: supported hypotheses first. */
  int rank() {
    return List.of(values()).indexOf(this);
  }
}
