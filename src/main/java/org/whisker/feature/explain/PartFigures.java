package org.whisker.feature.explain;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<String, List<PartShareRow>> models = rows(PartShareRow.TABLE, row -> true);
    ValueAxis axis =
        axis(
            "part of the extra cost of the middle, in logits",
            models.values().stream()
                .flatMap(List::stream)
                .flatMapToDouble(row -> DoubleStream.of(row.ciLow(), row.ciHigh())));
    List<Panel> panels = new ArrayList<>();
    models.forEach(
        (model, rows) ->
            panels.add(panel(model, axis, rows.stream().map(row -> share(row)).toList())));
    return figure(
        panels,
        models,
        PartShareRow.FILE,
        "Shares of padding and head in the cost of the middle",
        "Which part of the network knows the place: how much padding and the head each add to"
            + " the extra cost of black pixels in the middle (Shapley values, with their"
            + " shares of the whole). At equal gain: the share if all networks responded"
            + " equally strongly to pixels. The answer above names one share only where both"
            + " ways to compute it agree. Neither: what is left when both are made blind to"
            + " places. Bars: 95 % intervals.");
  }

  /** The wanted rows of each model that has any. */
  private <R extends Record> Map<String, List<R>> rows(Table<R> table, Predicate<R> wanted)
      throws IOException {
    Map<String, List<R>> models = new LinkedHashMap<>();
    for (String model : folder.models()) {
      List<R> rows = folder.read(table, path(model, table.file())).stream().filter(wanted).toList();
      if (!rows.isEmpty()) {
        models.put(model, rows);
      }
    }
    return models;
  }

  /** The contrast of each network so changed. */
  Optional<Figure> contrasts() throws IOException {
    Map<String, List<PartRow>> models = rows(PartRow.TABLE, PartRow::isMean);
    ValueAxis axis =
        axis(
            "cost of the middle above the edge, in logits",
            models.values().stream()
                .flatMap(List::stream)
                .flatMapToDouble(row -> DoubleStream.of(row.ciLow(), row.ciHigh())));
    List<Panel> panels = new ArrayList<>();
    models.forEach(
        (model, rows) ->
            panels.add(panel(model, axis, rows.stream().map(row -> contrast(row)).toList())));
    return figure(
        panels,
        models,
        PartRow.FILE,
        "Cost of the middle above the edge by what is made blind",
        "The cost of black pixels in the innermost zone minus that in the outermost one, mean"
            + " over 1, 3, 10 and 40 pixels. Circular padding wraps around in every window; an"
            + " averaged head is the mean over all rolls of the last feature map. For the"
            + " network averaged over all rolls of its input all places are equal; its"
            + " remaining difference comes from pixels of the middle lying closer together."
            + " Bars: 95 % intervals.");
  }

  private static LaneRow share(PartShareRow row) {
    String shares =
        row.share().isEmpty()
            ? ""
            : percent(row.share().getAsDouble())
                + (row.equalGainShare().isEmpty()
                    ? ""
                    : ", at equal gain " + percent(row.equalGainShare().getAsDouble()));
    return lane(row.part(), "", row.ciLow(), row.contrast(), row.ciHigh(), shares, Ink.series(0));
  }

  private static String percent(double share) {
    return Math.round(100 * share) + "\u00a0%";
  }

  private static LaneRow contrast(PartRow row) {
    String gain =
        row.gain().isPresent() ? "gain " + Decimals.fixed(row.gain().getAsDouble(), 2) : "";
    return lane(row.network(), "", row.ciLow(), row.contrast(), row.ciHigh(), gain, Ink.series(0));
  }

  private static LaneRow lane(
      String name, String below, double low, double value, double high, String aside, Color color) {
    IntervalMark mark = new IntervalMark(low, value, high, color, IntervalMark.Shape.DISC);
    return new LaneRow(name, below, List.of(new LaneRow.Lane(List.of(mark), aside, Ink.TEXT)));
  }

  private static Panel panel(String model, ValueAxis axis, List<LaneRow> rows) {
    Drawing lanes = new Lanes(model, List.of(), List.of(Lanes.Block.of(axis, rows)), List.of());
    return new Panel(lanes.svg());
  }

  private static ValueAxis axis(String label, DoubleStream values) {
    double[] all = DoubleStream.concat(DoubleStream.of(0, 1), values).sorted().toArray();
    double room = ROOM * (all[all.length - 1] - all[0]);
    return ValueAxis.linear(label, all[0] - room, all[all.length - 1] + room).withReference(0, 0);
  }

  private Optional<Figure> figure(
      List<Panel> panels, Map<String, ?> models, String file, String alt, String caption) {
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(panels, alt, caption, path(models.keySet().iterator().next(), file)));
  }

  private String path(String model, String file) {
    return model + "/" + experiment + "/" + file;
  }
}
