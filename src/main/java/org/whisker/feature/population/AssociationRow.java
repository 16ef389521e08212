package org.whisker.feature.population;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: whether a property of networks goes with an outcome of the search on
 * them, over the networks of one architecture.
 */
public record AssociationRow(
    String architecture,
    @Column(
            meaning =
                "edge_index_of_cats (E at the target), edge_index_at_half (E at p(cat) ½), edge_index "
                    + "(E of the final images) or success, as in networks.csv")
        String outcome,
    @Column(
            meaning =
                "the property; of a single level against another, such as "
                    + "padding:reflect-zero")
        String predictor,
    @Column(
            meaning =
                "spearman (rho), difference (of means) or eta_squared (the share of "
                    + "the variance between levels)")
        String statistic,
    @Column(meaning = "networks of the architecture") int networks,
    @Column(meaning = "networks that have both") int values,
    @Column(
            meaning =
                "value of the statistic; empty when it is not defined, as are the " + "next three")
        OptionalDouble value,
    @Column(meaning = "lower end of its 95 % interval; empty for eta_squared") OptionalDouble ciLow,
    @Column(meaning = "upper end of its 95 % interval") OptionalDouble ciHigh,
    @Column(
            unit = "probability",
            meaning =
                "p of a two-sided permutation test over networks; empty for what is "
                    + "only described")
        OptionalDouble p,
    @Column(
            unit = "probability",
            meaning =
                "p corrected after Holm, over all predictors and architectures of the "
                    + "outcome; empty for what is only described")
        OptionalDouble pCorrected,
    @Column(
            unit = "probability",
            meaning =
                "p of the equivalence test (TOST) that a difference of means lies within the "
                    + "margin; empty for other statistics")
        OptionalDouble pEquivalence,
    @Column(
            meaning =
                "associated, equivalent (the difference lies within the margin), undecided, not enough cats, too few networks, constant, "
                    + "or described")
        String verdict) {
  public static final String FILE = "associations.csv";
  public static final Table<AssociationRow> TABLE = Table.of(AssociationRow.class, FILE);
}
