package org.whisker.position.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.position.Interactions;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a probe's {@code interactions.csv}, one per group: the deviation from additivity of the
 * effects of pairs. The last row is the difference between edge and centre.
 */
public record InteractionRow(
    String group,
    int pairs,
    @Column(
            meaning =
                "mean of the interaction ε, the joint effect of two blocks minus the "
                    + "sum of their separate effects, in logits; null for the difference")
        @Nullable Mean mean,
    @Column(
            unit = "probability",
            meaning =
                "two-sided p-value against a mean of 0; for the difference row, "
                    + "against equal strengths")
        double meanP,
    @Column(meaning = "mean |ε| in logits, or the difference of two such means") Strength strength,
    @Column(unit = "logit", meaning = "mean |Δlogit| of a single block of these pairs")
        OptionalDouble meanAbsoluteOfOne) {
  public static final String FILE = "interactions.csv";
  public static final Table<InteractionRow> TABLE = Table.of(InteractionRow.class, FILE);

  /** The mean interaction with its 95 % interval. */
  public record Mean(
      @Column(unit = "logit") double mean,
      @Column(unit = "logit") double meanCiLow,
      @Column(unit = "logit") double meanCiHigh) {}

  /** The mean absolute interaction with its 95 % interval. */
  public record Strength(
      @Column(unit = "logit") double meanAbsolute,
      @Column(unit = "logit") double absoluteCiLow,
      @Column(unit = "logit") double absoluteCiHigh) {
    private static Strength of(Estimate e) {
      return new Strength(e.value(), e.interval().low(), e.interval().high());
    }
  }

  /** One row per group, followed by the difference between edge and centre. */
  public static List<InteractionRow> of(Interactions interactions) {
    List<InteractionRow> rows = new ArrayList<>();
    for (Interactions.OfGroup of : interactions.groups()) {
      Estimate mean = of.mean();
      rows.add(
          new InteractionRow(
              of.group().name().toLowerCase(Locale.ROOT),
              of.pairs(),
              new Mean(mean.value(), mean.interval().low(), mean.interval().high()),
              of.p(),
              Strength.of(of.strength()),
              OptionalDouble.of(of.strengthOfOne())));
    }
    rows.add(
        new InteractionRow(
            "edge less centre",
            interactions.groups().get(0).pairs(),
            null,
            interactions.p(),
            Strength.of(interactions.strengthDifference()),
            OptionalDouble.empty()));
    return rows;
  }
}
