package org.whisker.explain;

import java.util.OptionalDouble;
import org.whisker.position.ProbeProfile;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The row of {@value #FILE}: the effect of one black pixel on white, summarised over all places.
 */
public record ProbeSummaryRow(
    String model,
    @Column(unit = "share", meaning = "share of the places where the change is towards cat")
        double helping,
    @Column(
            unit = "share",
            meaning = "share of the places where the absolute change of the logit is below " + "λ")
        double nearNeutral,
    @Column(unit = "nat", meaning = "the penalty per black pixel, in logits") double lambda,
    @Column(
            meaning =
                "Spearman's correlation of the edge rank and the change; empty where "
                    + "it is undefined")
        OptionalDouble rho,
    @Column(
            unit = "probability",
            meaning = "p-value of the correlation, from toroidal shifts of the map")
        OptionalDouble rhoP) {
  public static final String FILE = "probe_summary.csv";
  public static final Table<ProbeSummaryRow> TABLE = Table.of(ProbeSummaryRow.class, FILE);

  /** The row of a model. */
  public static ProbeSummaryRow of(String model, ProbeProfile profile) {
    return new ProbeSummaryRow(
        model,
        profile.helping(),
        profile.nearNeutral(),
        profile.lambda(),
        profile
            .byEdgeRank()
            .map(TestResult::statistic)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        profile
            .byEdgeRank()
            .map(TestResult::p)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()));
  }
}
