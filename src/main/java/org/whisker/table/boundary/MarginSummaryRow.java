package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code summary.csv}: the margins of a group's images on one side of the boundary. Images
 * on which the search gave up count as infinitely far; an infinite median is left empty.
 */
public record MarginSummaryRow(
    @Column(meaning = "the group and the side, see set") String images,
    @Column(meaning = "number of images") int count,
    @Column(meaning = "number of images on which the search gave up") int notReached,
    @Column(unit = "px") OptionalDouble medianFlips,
    @Column(unit = "px") OptionalDouble medianLinearFlips,
    @Column(unit = "gray") OptionalDouble medianLinearDistance,
    @Column(unit = "logit") OptionalDouble medianAbsLogit) {
  /** The name of the file. */
  public static final String FILE = "summary.csv";

  public static final Table<MarginSummaryRow> TABLE = Table.of(MarginSummaryRow.class, FILE);

  /** One row per group and side, in the order of their first images. */
  public static List<MarginSummaryRow> of(List<MarginRow> margins) {
    Map<String, List<MarginRow>> sets = new LinkedHashMap<>();
    margins.forEach(row -> sets.computeIfAbsent(row.set(), s -> new ArrayList<>()).add(row));
    return sets.entrySet().stream().map(set -> of(set.getKey(), set.getValue())).toList();
  }

  private static MarginSummaryRow of(String images, List<MarginRow> rows) {
    return new MarginSummaryRow(
        images,
        rows.size(),
        (int) rows.stream().filter(row -> row.flips().isEmpty()).count(),
        median(rows, row -> orInfinite(row.flips())),
        median(rows, row -> orInfinite(row.linearFlips())),
        median(rows, MarginRow::linearDistance),
        median(rows, row -> Math.abs(row.logit())));
  }

  private static double orInfinite(OptionalInt count) {
    return count.isPresent() ? count.getAsInt() : Double.POSITIVE_INFINITY;
  }

  private static OptionalDouble median(List<MarginRow> rows, ToDoubleFunction<MarginRow> value) {
    double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
    double low = sorted[(sorted.length - 1) / 2];
    double high = sorted[sorted.length / 2];
    return Double.isInfinite(high) ? OptionalDouble.empty() : OptionalDouble.of((low + high) / 2);
  }
}
