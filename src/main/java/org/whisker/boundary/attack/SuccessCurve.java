package org.whisker.boundary.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Margin;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.attack.GradientAttack.Norm;
import org.whisker.boundary.attack.Searches.SearchOutcome;
import org.whisker.io.Decimals;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.ShareInterval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The share of pictures that a search turned within a budget, for each budget at which it changes;
 * pictures on which the search gave up count as beyond any.
 *
 * @param pictures how many, at least 1
 * @param points by budget, ascending; the first is of budget 0
 */
public record SuccessCurve(int pictures, List<Point> points) {
  private static final double LEVEL = 0.95;

  /**
   * Within a budget.
   *
   * @param successes number of pictures
   * @param interval the interval of the share over pictures, at this budget alone
   */
  public record Point(double budget, int successes, Interval interval) {}

  public SuccessCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of these distances.
   *
   * @param distances what each picture took; empty where the search gave up
   */
  static SuccessCurve of(List<OptionalDouble> distances) {
    double[] found = distances.stream().flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    List<Point> points = new ArrayList<>();
    if (found.length == 0 || found[0] > 0) {
      points.add(point(0, 0, distances.size()));
    }
    for (int i = 0; i < found.length; i++) {
      if (i + 1 == found.length || found[i + 1] > found[i]) {
        points.add(point(found[i], i + 1, distances.size()));
      }
    }
    return new SuccessCurve(distances.size(), points);
  }

  private static Point point(double budget, int successes, int pictures) {
    return new Point(budget, successes, ShareInterval.of(successes, pictures, LEVEL));
  }

  /** The share within a budget, 0 to 1. */
  public double share(double budget) {
    int successes = 0;
    for (Point point : points) {
      successes = point.budget <= budget ? point.successes : successes;
    }
    return (double) successes / pictures;
  }

  /**
   * A row of {@code success.csv}: the share of a set of images that a search turned within a
   * budget. There is a row for each budget at which the share changes, and one for none; between
   * two of them it stays as it was. Images on which the search gave up count as not turned.
   */
  public record Step(
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
    public static final String FILE = "success.csv";

    public static final Table<Step> TABLE = Table.of(Step.class, FILE);

    public String normLabel() {
      return norm.label();
    }

    /** Whether the budget is a number of pixels; otherwise it is gray values. */
    public boolean countsPixels() {
      return norm == Norm.L0;
    }

    /** The curves of the searches of attacks, set by set. */
    public static List<Step> ofAttacks(List<SearchOutcome.OfImage> rows) {
      List<SearchOutcome.OfImage> counted =
          rows.stream().filter(SearchOutcome.OfImage::counts).toList();
      List<Step> curves = new ArrayList<>();
      for (Map.Entry<String, List<SearchOutcome.OfImage>> set :
          Table.by(counted, SearchOutcome.OfImage::set).entrySet()) {
        Table.by(set.getValue(), SearchOutcome.OfImage::search)
            .forEach(
                (search, of) ->
                    curves.addAll(
                        curve(
                            set.getKey(),
                            search.label(),
                            search.norm(),
                            of.stream().map(row -> row.outcome().distance()).toList())));
      }
      return curves;
    }

    /** The curves of margins, set by set. */
    public static List<Step> ofMargins(List<Margin.OfImage> rows) {
      return flips(
          Table.by(rows, Margin.OfImage::set), "greedy-flips", row -> row.margin().flips());
    }

    /** The curves of counterfactuals: of the cats alone, group by group. */
    public static List<Step> ofCounterfactuals(List<Counterfactual.OfImage> rows) {
      List<Counterfactual.OfImage> cats =
          rows.stream().filter(Counterfactual.OfImage::isCat).toList();
      return flips(
          Table.by(cats, Counterfactual.OfImage::group),
          "fewest-flips",
          Counterfactual.OfImage::flips);
    }

    /** The curves of minimal sets, over starts, target by target; the budget is black pixels. */
    public static List<Step> ofMinimal(List<MinimalSearch.Outcome.OfStart> rows) {
      return flips(
          Table.by(rows, row -> "p(target) ≥ " + Decimals.shortest(row.target())),
          "minimal-set",
          MinimalSearch.Outcome.OfStart::pixels);
    }

    private static <R> List<Step> flips(
        Map<String, List<R>> sets, String search, Function<R, OptionalInt> pixels) {
      List<Step> curves = new ArrayList<>();
      sets.forEach(
          (set, rows) ->
              curves.addAll(
                  curve(
                      set,
                      search,
                      Norm.L0,
                      rows.stream().map(pixels).map(Step::asDouble).toList())));
      return curves;
    }

    private static OptionalDouble asDouble(OptionalInt pixels) {
      return pixels.stream().asDoubleStream().findFirst();
    }

    private static List<Step> curve(
        String images, String search, Norm norm, List<OptionalDouble> distances) {
      SuccessCurve curve = SuccessCurve.of(distances);
      return curve.points().stream()
          .map(
              point ->
                  new Step(
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
}
