package org.whisker.table.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.whisker.boundary.attack.Norm;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.io.Decimals;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code success.csv}: the share of a set of images that a search turned within a budget.
 * There is a row for each budget at which the share changes, and one for none; between two of them
 * it stays as it was. Images on which the search gave up count as not turned.
 */
public record SuccessRow(
    @Column(meaning = "the group and, where both can be turned, the side") String images,
    @Column(meaning = "the name of the search") String search,
    @Column(meaning = "what the budget counts") Norm norm,
    @Column(meaning = "the largest change: pixels, or gray values (0 to 1)") double budget,
    @Column(meaning = "number of images") int count,
    @Column(meaning = "number of those that were turned") int successes,
    @Column(unit = "share") double share,
    @Column(
            unit = "share",
            meaning =
                "lower end of Wilson's 95 % interval of the share over images, at "
                    + "this budget alone")
        double low,
    @Column(unit = "share", meaning = "upper end of the interval") double high) {
  /** The name of the file. */
  public static final String FILE = "success.csv";

  public static final Table<SuccessRow> TABLE = Table.of(SuccessRow.class, FILE);

  /** The name of the norm. */
  public String normLabel() {
    return norm.label();
  }

  /** Whether the budget is a number of pixels; otherwise it is gray values. */
  public boolean countsPixels() {
    return norm == Norm.L0;
  }

  /** The curves of the searches of attacks, set by set. */
  public static List<SuccessRow> ofAttacks(List<AttackRow> rows) {
    List<AttackRow> counted = rows.stream().filter(AttackRow::counts).toList();
    List<SuccessRow> curves = new ArrayList<>();
    for (Map.Entry<String, List<AttackRow>> set : by(counted, AttackRow::set).entrySet()) {
      by(set.getValue(), AttackRow::search)
          .forEach(
              (search, of) ->
                  curves.addAll(
                      curve(
                          set.getKey(),
                          search.label(),
                          search.norm(),
                          of.stream().map(AttackRow::distance).toList())));
    }
    return curves;
  }

  /** The curves of margins, set by set. */
  public static List<SuccessRow> ofMargins(List<MarginRow> rows) {
    return flips(by(rows, MarginRow::set), "greedy-flips", MarginRow::flips);
  }

  /** The curves of counterfactuals: of the cats alone, group by group. */
  public static List<SuccessRow> ofCounterfactuals(List<CounterfactualRow> rows) {
    List<CounterfactualRow> cats = rows.stream().filter(CounterfactualRow::isCat).toList();
    return flips(by(cats, CounterfactualRow::group), "fewest-flips", CounterfactualRow::flips);
  }

  /** The curves of minimal sets, over starts, target by target; the budget is black pixels. */
  public static List<SuccessRow> ofMinimal(List<MinimalRow> rows) {
    return flips(
        by(rows, row -> "p(cat) ≥ " + Decimals.shortest(row.target())),
        "minimal-set",
        MinimalRow::pixels);
  }

  private static <K, R> Map<K, List<R>> by(List<R> rows, Function<R, K> key) {
    Map<K, List<R>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.computeIfAbsent(key.apply(row), k -> new ArrayList<>()).add(row));
    return parts;
  }

  private static <R> List<SuccessRow> flips(
      Map<String, List<R>> sets, String search, Function<R, OptionalInt> pixels) {
    List<SuccessRow> curves = new ArrayList<>();
    sets.forEach(
        (set, rows) ->
            curves.addAll(
                curve(
                    set,
                    search,
                    Norm.L0,
                    rows.stream().map(pixels).map(SuccessRow::asDouble).toList())));
    return curves;
  }

  private static OptionalDouble asDouble(OptionalInt pixels) {
    return pixels.stream().asDoubleStream().findFirst();
  }

  private static List<SuccessRow> curve(
      String images, String search, Norm norm, List<OptionalDouble> distances) {
    SuccessCurve curve = SuccessCurve.of(distances);
    return curve.points().stream()
        .map(
            point ->
                new SuccessRow(
                    images,
                    search,
                    norm,
                    point.budget(),
                    curve.pictures(),
                    point.successes(),
                    (double) point.successes() / curve.pictures(),
                    point.interval().low(),
                    point.interval().high()))
        .toList();
  }
}
