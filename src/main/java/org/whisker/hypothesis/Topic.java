package org.whisker.hypothesis;

/** The questions of a report, in its order. */
public enum Topic {
  BIAS("Is there a bias?"),
  CLOSES("What closes the middle?"),
  CAT("What makes the cat?"),
  ORIGIN("Where does it come from?");

  private final String question;

  Topic(String question) {
    this.question = question;
  }

  /** The question, as a heading. */
  public String question() {
    return question;
  }
}
