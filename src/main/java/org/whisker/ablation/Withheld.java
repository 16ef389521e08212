package org.whisker.ablation;

/**
 * A comparison or observation without a verdict although it was made: the manipulation failed, the
 * placebo had the effect, or a map restates E.
 *
 * @param comparison name or label of the contrast or observation, whether or not it has a row
 * @param reason in one line, to follow "no verdict"
 */
public record Withheld(String comparison, String reason) {
  public Withheld {
    if (comparison.isBlank() || reason.isBlank() || reason.contains("\n")) {
      throw new IllegalArgumentException("'" + comparison + "' withheld for '" + reason + "'");
    }
  }
}
