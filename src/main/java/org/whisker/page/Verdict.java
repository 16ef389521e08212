package org.whisker.page;

/** How a hypothesis fared; decides the mark beside the verdict's words. */
public enum Verdict {
  SUPPORTED("\u25cf", "supported", 0),
  REFUTED("\u25cb", "refuted", 1),
  UNDECIDED("\u25d0", "undecided", 2),
  /** No hypothesis but a check of the method itself. */
  CONTROL("\u25c7", "control", 3),
  /** The report did not test it. */
  UNTESTED("\u2013", "untested", 4);

  private final String mark;
  private final String style;
  private final int rank;

  Verdict(String mark, String style, int rank) {
    this.mark = mark;
    this.style = style;
    this.rank = rank;
  }

  String mark() {
    return mark;
  }

  String style() {
    return style;
  }

  /** By which tables are sorted: what is supported first. */
  int rank() {
    return rank;
  }
}
