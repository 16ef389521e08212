package org.whisker.table.sweep;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: whether an outcome goes with an option, over the settings of a model.
 *
 * @param outcome see {@link SettingOutcome}
 * @param statistic {@code spearman} (rho, of options that are numbers) or {@code eta_squared} (the
 *     share of the variance between the option's values)
 * @param settings that have the option and the outcome
 * @param value of the statistic; empty where it is not defined, as are the next
 * @param ciLow lower end of its 95 % interval; empty for {@code eta_squared}
 * @param ciHigh upper end
 * @param p of a two-sided permutation test over settings
 * @param pCorrected after Holm, over all options and models of the outcome
 */
public record OptionEffectRow(
    String model,
    String option,
    String outcome,
    String statistic,
    int settings,
    OptionalDouble value,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") OptionalDouble p,
    @Column(unit = "probability") OptionalDouble pCorrected) {
  public static final String FILE = "option_effects.csv";
  public static final Table<OptionEffectRow> TABLE = Table.of(OptionEffectRow.class);
}
