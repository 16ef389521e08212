package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.lane.LaneMark;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Decimals;
import org.whisker.page.PageText;
import org.whisker.page.Section.Figure;

/**
 * The comparison that decides a hypothesis: estimate, interval, value without an effect and margin,
 * for each model; below it what was compared beside it. Each statistic has its own axis.
 */
final class DecisiveFigure {
  private static final String EDGE_INDEX = "edge_index";
  private static final String DECIDES = "decides the verdict";
  private static final String BESIDE = "compared beside it";

  private final ReportFolder folder;
  private final Map<Statistic, Block> blocks = new LinkedHashMap<>();

  private DecisiveFigure(ReportFolder folder) {
    this.folder = folder;
  }

  /** Empty where nothing was estimated. */
  static Optional<Figure> of(ReportFolder folder, Hypothesis question, List<Finding> tests)
      throws IOException {
    DecisiveFigure figure = new DecisiveFigure(folder);
    tests.forEach(figure::decisive);
    for (SummaryRow row : folder.read(SummaryRow.TABLE, SummaryRow.FILE)) {
      if (row.hypothesis().equals(question.id())) {
        figure.beside(row, tests);
      }
    }
    return figure.blocks.isEmpty() ? Optional.empty() : Optional.of(figure.drawn(question));
  }

  private void decisive(Finding test) {
    if (test.isTested() && test.effect().isPresent()) {
      String p =
          test.pOfVerdict().isPresent()
              ? (test.isOfEquivalence() ? ", equivalence p\u00a0" : ", p\u00a0")
                  + PageText.compared(test.pOfVerdict().getAsDouble())
              : "";
      block(Statistic.of(test.statistic(), test.nothing()))
          .add(
              DECIDES,
              test.shownComparison(),
              new Estimate(
                  folder.models().indexOf(test.model()),
                  test.effect().getAsDouble(),
                  test.low(),
                  test.high(),
                  test.pCorrected(),
                  test.margin(),
                  level(test.statisticName()) + test.words() + p));
    }
  }

  /** The p(target) at which E is compared, where it has one. */
  private static String level(String statistic) {
    int at = statistic.indexOf("at p(target)");
    return at < 0 ? "" : statistic.substring(at) + ": ";
  }

  private void beside(SummaryRow row, List<Finding> tests) {
    boolean flat = row.isFlat() && tests.stream().noneMatch(test -> isOf(row, test));
    if (row.tested().effect().isEmpty()
        || flat
        || tests.stream().anyMatch(test -> isOf(row, test))) {
      return;
    }
    block(Statistic.of(row.measure(), 0))
        .add(
            BESIDE,
            row.label(),
            new Estimate(
                folder.models().indexOf(row.model()),
                row.tested().effect().getAsDouble(),
                row.tested().ciLow(),
                row.tested().ciHigh(),
                row.tested().pShaffer(),
                OptionalDouble.empty(),
                ""));
  }

  /** Whether it is the comparison that decides. */
  private static boolean isOf(SummaryRow row, Finding test) {
    return row.model().equals(test.model())
        && row.experiment().equals(test.experiment())
        && row.label().equals(SummaryRow.shown(test.comparison()));
  }

  private Block block(Statistic statistic) {
    return blocks.computeIfAbsent(statistic, s -> new Block(s, folder.alpha()));
  }

  private Figure drawn(Hypothesis question) {
    List<Keys.Key> keys = folder.models().size() > 1 ? Keys.ofSeries(folder.models()) : List.of();
    Lanes lanes =
        new Lanes(
            (decides() ? "What decides: " : "What was measured: ") + question.wording().cause(),
            keys,
            blocks.values().stream().map(Block::lanes).toList(),
            List.of(
                "bar: 95\u00a0% interval; dashed: no effect; shaded: the margin within which an effect"
                    + " counts as none",
                "filled: corrected p \u2264 "
                    + Decimals.shortest(folder.alpha())
                    + "; open: p is above it, or no verdict was asked of the comparison"));
    return Figure.of(
        lanes,
        "The comparison that decides, with its interval, and those beside it: "
            + question.wording().cause(),
        "The deciding comparison was fixed beforehand, and its p is corrected over the"
            + " report. The other comparisons have no influence on the verdict; their p is"
            + " corrected within their experiment.",
        Finding.FILE);
  }

  /** Whether there is an estimate that decides: not where the verdict is withheld. */
  private boolean decides() {
    return blocks.values().stream().anyMatch(block -> block.groups.containsKey(DECIDES));
  }

  /** A kind of statistic and its value without an effect: what shares an axis. */
  private record Statistic(String kind, double nothing) {
    static Statistic of(String measure, double nothing) {
      return new Statistic(measure.startsWith(EDGE_INDEX) ? EDGE_INDEX : measure, nothing);
    }

    String label() {
      if (kind.equals(EDGE_INDEX)) {
        return nothing == 0
            ? "\u0394E (above 0: nearer the centre)"
            : "edge index E (below ½: nearer the edge)";
      }
      return kind.equals("p_target") ? "\u0394p(target)" : kind.replace('_', ' ');
    }

    /** The largest possible difference of this statistic: no E differs from another by more. */
    double most() {
      return kind.equals(EDGE_INDEX) ? 1 - nothing : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * An estimate.
   *
   * @param model its index
   * @param aside the verdict; empty for what has none
   */
  private record Estimate(
      int model,
      double value,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble p,
      OptionalDouble margin,
      String aside) {
    LaneRow.Lane lane(double alpha) {
      IntervalMark.Shape shape =
          p.orElse(1) <= alpha ? IntervalMark.Shape.DISC : IntervalMark.Shape.CIRCLE;
      LaneMark mark =
          new IntervalMark(
              Math.min(value, low.orElse(value)),
              value,
              Math.max(value, high.orElse(value)),
              Ink.series(model),
              shape);
      return new LaneRow.Lane(List.of(mark), aside, Ink.TEXT);
    }

    Stream<Double> ends() {
      return Stream.of(value, low.orElse(value), high.orElse(value));
    }
  }

  /** What shares an axis: groups of comparisons, each with an estimate for each model. */
  private static final class Block {
    private static final double ROOM = 0.05;
    private static final double WIDEST = 4;

    private final Statistic statistic;
    private final double alpha;
    private final Map<String, Map<String, List<Estimate>>> groups = new LinkedHashMap<>();

    Block(Statistic statistic, double alpha) {
      this.statistic = statistic;
      this.alpha = alpha;
    }

    void add(String group, String comparison, Estimate estimate) {
      groups
          .computeIfAbsent(group, g -> new LinkedHashMap<>())
          .computeIfAbsent(comparison, c -> new ArrayList<>())
          .add(estimate);
    }

    Lanes.Block lanes() {
      List<Lanes.Group> all = new ArrayList<>();
      groups.forEach((heading, rows) -> all.add(new Lanes.Group(heading, rows(rows))));
      return new Lanes.Block(axis(), all);
    }

    private List<LaneRow> rows(Map<String, List<Estimate>> comparisons) {
      List<LaneRow> rows = new ArrayList<>();
      comparisons.forEach(
          (comparison, estimates) ->
              rows.add(
                  new LaneRow(
                      comparison, "", estimates.stream().map(each -> each.lane(alpha)).toList())));
      return rows;
    }

    private Stream<Estimate> estimates() {
      return groups.values().stream().flatMap(rows -> rows.values().stream()).flatMap(List::stream);
    }

    /**
     * Covers the estimates; far ends of wide intervals are cut, so as not to compress the others.
     */
    private ValueAxis axis() {
      double margin = estimates().mapToDouble(each -> each.margin().orElse(0)).max().orElse(0);
      double far =
          Math.min(
              statistic.most(),
              WIDEST
                  * estimates()
                      .mapToDouble(each -> Math.abs(each.value() - statistic.nothing()))
                      .reduce(Math.max(margin, 1e-9), Math::max));
      double low = statistic.nothing() - margin;
      double high = statistic.nothing() + margin;
      for (double end : estimates().flatMap(Estimate::ends).toList()) {
        low = Math.min(low, Math.max(end, statistic.nothing() - far));
        high = Math.max(high, Math.min(end, statistic.nothing() + far));
      }
      double room = high > low ? ROOM * (high - low) : 1;
      return ValueAxis.linear(statistic.label(), low - room, high + room)
          .withReference(statistic.nothing(), margin);
    }
  }
}
