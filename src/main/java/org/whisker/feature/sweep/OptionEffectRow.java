package org.whisker.feature.sweep;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: whether an outcome goes with an option, over the settings of a model.
 */
public record OptionEffectRow(
    String model,
    String option,
    @Column(meaning = "what was measured") String outcome,
    @Column(
            meaning =
                "spearman (rho, of options that are numbers) or eta_squared (the "
                    + "share of the variance between the option's values)")
        String statistic,
    @Column(meaning = "settings that have the option and the outcome") int settings,
    @Column(meaning = "value of the statistic; empty where it is not defined, as are the " + "next")
        OptionalDouble value,
    @Column(meaning = "lower end of its 95 % interval; empty for eta_squared") OptionalDouble ciLow,
    @Column(meaning = "upper end") OptionalDouble ciHigh,
    @Column(unit = "probability", meaning = "p of a two-sided permutation test over settings")
        OptionalDouble p,
    @Column(
            unit = "probability",
            meaning = "p corrected after Holm, over all options and models of the outcome")
        OptionalDouble pCorrected) {
  public static final String FILE = "option_effects.csv";
  public static final Table<OptionEffectRow> TABLE = Table.of(OptionEffectRow.class, FILE);
}
