package org.whisker.report;

/** How a hypothesis fared; decides the mark beside the verdict's words. */
public enum Verdict {
  SUPPORTED("\u25cf", "supported"),
  REFUTED("\u25cb", "refuted"),
  UNDECIDED("\u25d0", "undecided"),
  /** No hypothesis but a check of the method itself. */
  CONTROL("\u25c7", "control"),
  /** The report did not test it. */
  UNTESTED("\u2013", "untested");

  private final String mark;
  private final String style;

  Verdict(String mark, String style) {
    this.mark = mark;
    this.style = style;
  }

  String mark() {
    return mark;
  }

  String style() {
    return style;
  }
}
