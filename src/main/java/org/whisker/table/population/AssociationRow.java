package org.whisker.table.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: whether a property of networks goes with an outcome of the search on
 * them, over the networks of one architecture.
 *
 * @param outcome {@code edge_index_of_cats}, {@code edge_index_at_half}, {@code edge_index} or
 *     {@code success}, as in {@link PopulationRow}
 * @param predictor the property; of a single level against another, such as {@code
 *     padding:reflect-zero}
 * @param statistic {@code spearman} (rho), {@code difference} (of means) or {@code eta_squared}
 *     (the share of the variance between levels)
 * @param networks of the architecture
 * @param values networks that have both
 * @param value of the statistic; empty when it is not defined, as are the next three
 * @param ciLow lower end of its 95 % interval; empty for {@code eta_squared}
 * @param ciHigh upper end
 * @param p of a two-sided permutation test over networks; empty for what is only described
 * @param pCorrected after Holm, over all predictors and architectures of the outcome; likewise
 * @param verdict {@code associated}, {@code undecided}, {@code not enough cats}, {@code too few
 *     networks}, {@code constant}, or {@code described}
 */
public record AssociationRow(
    String architecture,
    String outcome,
    String predictor,
    String statistic,
    int networks,
    int values,
    OptionalDouble value,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") OptionalDouble p,
    @Column(unit = "probability") OptionalDouble pCorrected,
    String verdict) {
  public static final String FILE = "associations.csv";
  public static final Table<AssociationRow> TABLE = Table.of(AssociationRow.class);
}
