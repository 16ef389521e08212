package org.whisker.page;

import java.util.Map;
import java.util.Set;

/** A first screen of pictures, in place of the answer in words, as the template draws it. */
public interface FirstScreen {
  /** What stands above the verdicts. */
  String heading();

  /**
   * The template's variables.
   *
   * @param sections the anchors of the page, to which it may link
   */
  Map<String, Object> variables(Set<String> sections);

  /** Its style rules. */
  String rules();
}
