package org.whisker.table.boundary;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code summary.csv}: the counterfactuals of one group of images.
 *
 * @param images the group
 * @param count number of images
 * @param cats how many of them were cats in two tones
 * @param crossed for how many of those flips were found
 * @param medianFlips over the cats, those without flips counted as infinitely far; empty where it
 *     is infinite, or there is no cat
 * @param position the flips' position; null where there are none
 * @param edgeIndexInk the mean edge index of the crossed images' ink
 */
public record CounterfactualSummaryRow(
    String images,
    int count,
    int cats,
    int crossed,
    @Column(unit = "px") OptionalDouble medianFlips,
    @Nullable Position position,
    OptionalDouble edgeIndexInk) {
  /** The name of the file. */
  public static final String FILE = "summary.csv";

  public static final Table<CounterfactualSummaryRow> TABLE =
      Table.of(CounterfactualSummaryRow.class);

  /**
   * The mean edge index of the flips against the same flips shifted on a torus, which favours no
   * position.
   *
   * @param edgeIndexFlips over images
   * @param nullMean mean over the shifts
   * @param nullSd their standard deviation
   * @param p two-sided
   * @param shifts how many were drawn
   */
  public record Position(
      double edgeIndexFlips, double nullMean, double nullSd, double p, int shifts) {
    private static Position of(ToroidalShift test) {
      return new Position(test.observed(), test.nullMean(), test.nullSd(), test.p(), test.shifts());
    }
  }

  /**
   * The row of a group.
   *
   * @param rows of its images
   * @param test of the flips' edge index; empty where there are no flips
   */
  public static CounterfactualSummaryRow of(
      String group, List<CounterfactualRow> rows, Optional<ToroidalShift> test) {
    List<CounterfactualRow> crossed = rows.stream().filter(CounterfactualRow::isCrossed).toList();
    return new CounterfactualSummaryRow(
        group,
        rows.size(),
        (int) rows.stream().filter(CounterfactualRow::isCat).count(),
        crossed.size(),
        medianFlips(rows),
        test.map(Position::of).orElse(null),
        crossed.stream().flatMapToDouble(row -> row.edgeIndexInk().stream()).average());
  }

  private static OptionalDouble medianFlips(List<CounterfactualRow> rows) {
    double[] flips =
        rows.stream()
            .filter(CounterfactualRow::isCat)
            .mapToDouble(r -> r.flips().isPresent() ? r.flips().getAsInt() : Double.MAX_VALUE)
            .toArray();
    Arrays.sort(flips);
    if (flips.length == 0 || flips[flips.length / 2] == Double.MAX_VALUE) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((flips[(flips.length - 1) / 2] + flips[flips.length / 2]) / 2);
  }
}
