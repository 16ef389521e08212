package org.whisker.table.boundary;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code summary.csv}: the counterfactuals of one group of images. */
public record CounterfactualSummaryRow(
    @Column(meaning = "the group") String images,
    @Column(meaning = "number of images") int count,
    @Column(meaning = "how many of them are classified as cat after binarisation") int cats,
    @Column(meaning = "for how many of those a set of flips was found") int crossed,
    @Column(
            unit = "px",
            meaning =
                "median over the cats, counting those without flips as infinite; "
                    + "empty when it is infinite or there are no cats")
        OptionalDouble medianFlips,
    @Column(meaning = "test of the flips' position; null when there are no flips")
        @Nullable Position position,
    @Column(meaning = "mean edge index of the inked pixels of the images that crossed")
        OptionalDouble edgeIndexInk) {
  /** The name of the file. */
  public static final String FILE = "summary.csv";

  public static final Table<CounterfactualSummaryRow> TABLE =
      Table.of(CounterfactualSummaryRow.class, FILE);

  /**
   * The mean edge index of the flips against toroidal shifts of the same flips, a null hypothesis
   * that favours no position.
   */
  public record Position(
      @Column(meaning = "mean over images") double edgeIndexFlips,
      @Column(meaning = "its mean over the shifts") double nullMean,
      @Column(meaning = "its standard deviation over the shifts") double nullSd,
      @Column(unit = "probability", meaning = "two-sided p-value") double p,
      @Column(meaning = "number of random shifts") int shifts) {
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
