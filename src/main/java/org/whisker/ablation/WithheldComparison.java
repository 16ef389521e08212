package org.whisker.ablation;

import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A comparison or observation without a verdict although it was made: the manipulation failed, the
 * placebo had the effect, or a map restates E.
 *
 * @param comparison of a contrast or observation, whether or not it has a row
 * @param reason in one line, to follow "no verdict"
 */
public record WithheldComparison(
    @Column(meaning = "name or label, as in the table of effects or observations")
        String comparison,
    @Column(meaning = "why the verdict is withheld") String reason) {
  public static final String FILE = "withheld.csv";
  public static final Table<WithheldComparison> TABLE = Table.of(WithheldComparison.class, FILE);

  public WithheldComparison {
    if (comparison.isBlank() || reason.isBlank() || reason.contains("\n")) {
      throw new IllegalArgumentException("'" + comparison + "' withheld for '" + reason + "'");
    }
  }
}
