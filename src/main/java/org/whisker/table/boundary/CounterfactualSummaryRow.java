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
 * @param cats how many of them are classified as cat after binarisation
 * @param crossed for how many of those a set of flips was found
 * @param medianFlips median over the cats, counting those without flips as infinite; empty when it
 *     is infinite or there are no cats
 * @param position test of the flips' position; null when there are no flips
 * @param edgeIndexInk mean edge index of the inked pixels of the images that crossed
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
   * The mean edge index of the flips against toroidal shifts of the same flips, a null hypothesis
   * that favours no position.
   *
   * @param edgeIndexFlips mean over images
   * @param nullMean its mean over the shifts
   * @param nullSd its standard deviation over the shifts
   * @param p two-sided p-value
   * @param shifts number of random shifts
   */
  public record Position(
      double edgeIndexFlips,
      double nullMean,
      double nullSd,
      @Column(unit = "probability") double p,
      int shifts) {
    private static Position of(ToroidalShift test) {
      return new Position(test.observed(), test.nullMean(), test.nullSd(), test.p(), test.shifts());
    }
  }

  /**
   * The row of a group.
   *
   * @param rows the rows of its images
   * @param test result for the flips' edge index; empty when there are no flips
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
