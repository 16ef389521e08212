package org.whisker.explain;

import java.util.Locale;

/** The suspected causes that the quick protocol tests. */
public enum Hypothesis {
  GEOMETRY(
      "Is it only that most pixels lie near an edge?",
      "edge index of evolved images against random sets of pixels (E = ½)"),
  OPERATORS(
      "Do crossover and mutation prefer the edge by themselves?",
      "evolution under a flat fitness; E against ½"),
  PADDING(
      "Is it the zero padding at the border?",
      "padding swapped at inference, evolution from the same seeds; ΔE"),
  SAFE_HARBOUR(
      "Does one black pixel speak against a cat more in the centre than at the edge?",
      "Δlogit of one black pixel at every position, correlated with the edge rank"),
  LANDSCAPE(
      "Do single pixels already tell where evolution puts its pixels?",
      "being black after evolution, correlated with the effect of one pixel");

  private final String question;
  private final String experiment;

  Hypothesis(String question, String experiment) {
    this.question = question;
    this.experiment = experiment;
  }

  /** As reports and options call it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String question() {
    return question;
  }

  /** What was done, in one line. */
  public String experiment() {
    return experiment;
  }
}
