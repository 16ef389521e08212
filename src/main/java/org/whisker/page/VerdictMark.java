package org.whisker.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The mark of a verdict and its place in tables that are sorted by verdicts. */
public enum VerdictMark {
  SUPPORTED("\u25cf"),
  OPPOSITE("\u25bd"),
  NO_EFFECT("\u25cb"),
  REFUTED("\u2715"),
  UNDECIDED("\u25d0"),
  NOT_ENOUGH_CATS("\u25cc"),
  /** No hypothesis but a check of the method itself. */
  CONTROL("\u25c7"),
  /** The report did not test it. */
  UNTESTED("\u2013");

  private final String mark;

  VerdictMark(String mark) {
    this.mark = mark;
  }

  /**
   * That of a verdict.
   *
   * @param verdict as tables have it, such as {@code supported}
   */
  static VerdictMark of(String verdict) {
    return Arrays.stream(values())
        .filter(v -> v.style().equals(verdict))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no verdict is called " + verdict));
  }

  String mark() {
    return mark;
  }

  /** The verdict as tables and style sheets call it. */
  String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By which tables are sorted: what is supported first. */
  int rank() {
    return List.of(values()).indexOf(this);
  }
}
