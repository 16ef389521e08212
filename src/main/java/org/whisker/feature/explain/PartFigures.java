package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.whisker.ablation.result.PartTables.PartRow;
import org.whisker.ablation.result.PartTables.PartShareRow;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.lane.LaneMark.IntervalMark;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.io.Decimals;
import org.whisker.page.Section.Figure;
import org.whisker.table.Table;

/** Which part of each network knows places: a panel for each model, on one scale. */
record PartFigures(ReportFolder folder, String experiment) {
  private static final double ROOM = 0.08;

  /** Shapley values of padding and head, and what is left, with their shares. */
  Optional<Figure> shares() throws IOException {
    return figure(
        PartShareRow.TABLE,
        row -> true,
        PartFigures::share,
        "part of the extra cost of the middle, in logits",
        "Shares of padding and head in the cost of the middle",
        "Which part of the network knows the place: how much padding and the head each add to"
            + " the extra cost of black pixels in the middle (Shapley values, with their"
            + " shares of the whole). At equal gain: the share if all networks responded"
            + " equally strongly to pixels. The answer above names one share only where both"
            + " ways to compute it agree. Neither: what is left when both are made blind to"
            + " places. Bars: 95 % intervals.");
  }

  /** The contrast of each network so changed. */
  Optional<Figure> contrasts() throws IOException {
    return figure(
        PartRow.TABLE,
        PartRow::isMean,
        PartFigures::contrast,
        "cost of the middle above the edge, in logits",
        "Cost of the middle above the edge by what is made blind",
        "The cost of black pixels in the innermost zone minus that in the outermost one, mean"
            + " over 1, 3, 10 and 40 pixels. Circular padding wraps around in every window; an"
            + " averaged head is the mean over all rolls of the last feature map. For the"
            + " network averaged over all rolls of its input all places are equal; its"
            + " remaining difference comes from pixels of the middle lying closer together."
            + " Bars: 95 % intervals.");
  }

  /** A panel of lanes for each model that has wanted rows; empty where none has. */
  private <R extends Record> Optional<Figure> figure(
      Table<R> table,
      Predicate<R> wanted,
      Function<R, Interval> interval,
      String axisLabel,
      String alt,
      String caption)
      throws IOException {
    Map<String, List<Interval>> models = new LinkedHashMap<>();
    for (String model : folder.models()) {
      List<Interval> rows =
          folder.read(table, path(model, table.file())).stream()
              .filter(wanted)
              .map(interval)
              .toList();
      if (!rows.isEmpty()) {
        models.put(model, rows);
      }
    }
    if (models.isEmpty()) {
      return Optional.empty();
    }
    ValueAxis axis =
        axis(
            axisLabel,
            models.values().stream()
                .flatMap(List::stream)
                .flatMapToDouble(row -> DoubleStream.of(row.low(), row.high())));
    List<Panel> panels = new ArrayList<>();
    models.forEach((model, rows) -> panels.add(panel(model, axis, rows)));
    String file = path(models.keySet().iterator().next(), table.file());
    return Optional.of(new Figure(panels, alt, caption, file));
  }

  /** A lane: a value within its interval, and what stands beside it. */
  private record Interval(String name, double low, double value, double high, String aside) {
    LaneRow lane() {
      IntervalMark mark =
          new IntervalMark(low, value, high, Ink.series(0), IntervalMark.Shape.DISC);
      return new LaneRow(name, "", List.of(new LaneRow.Lane(List.of(mark), aside, Ink.TEXT)));
    }
  }

  private static Interval share(PartShareRow row) {
    String shares =
        row.share().isEmpty()
            ? ""
            : percent(row.share().getAsDouble())
                + (row.equalGainShare().isEmpty()
                    ? ""
                    : ", at equal gain " + percent(row.equalGainShare().getAsDouble()));
    return new Interval(row.part(), row.ciLow(), row.contrast(), row.ciHigh(), shares);
  }

  private static String percent(double share) {
    return Math.round(100 * share) + "\u00a0%";
  }

  private static Interval contrast(PartRow row) {
    String gain =
        row.gain().isPresent() ? "gain " + Decimals.fixed(row.gain().getAsDouble(), 2) : "";
    return new Interval(row.network(), row.ciLow(), row.contrast(), row.ciHigh(), gain);
  }

  private static Panel panel(String model, ValueAxis axis, List<Interval> rows) {
    List<LaneRow> lanes = rows.stream().map(Interval::lane).toList();
    Drawing drawing = new Lanes(model, List.of(), List.of(Lanes.Block.of(axis, lanes)), List.of());
    return new Panel(drawing.svg());
  }

  private static ValueAxis axis(String label, DoubleStream values) {
    double[] all = DoubleStream.concat(DoubleStream.of(0, 1), values).sorted().toArray();
    double room = ROOM * (all[all.length - 1] - all[0]);
    return ValueAxis.linear(label, all[0] - room, all[all.length - 1] + room).withReference(0, 0);
  }

  private String path(String model, String file) {
    return model + "/" + experiment + "/" + file;
  }
}
