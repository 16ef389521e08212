package org.whisker.table.position;

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
 * How far the effects of pairs are from additive, a row a group of a probe's {@code
 * interactions.csv}; the last is the difference of edge and centre.
 *
 * @param mean of ε, what two do together beyond the sum of both alone; null for the difference
 * @param meanP two-sided, that it is 0; for the difference, that of the strengths
 * @param strength mean |ε|, or the difference of two
 * @param meanAbsoluteOfOne mean |Δlogit| of one block of these pairs
 */
public record InteractionRow(
    String group,
    int pairs,
    @Nullable Mean mean,
    double meanP,
    Strength strength,
    @Column(unit = "logit") OptionalDouble meanAbsoluteOfOne) {
  public static final String FILE = "interactions.csv";
  public static final Table<InteractionRow> TABLE = Table.of(InteractionRow.class);

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

  /** A row a group, and the difference between edge and centre. */
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
