package org.whisker.feature.position;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.table.Table;

/**
 * Dose-response curves by place: the mean cost of black pixels against their number, a line for
 * each zone in one ramp of colours from the border to the centre, with 95 % bands.
 */
public final class DosePlot {
  /** What the value axis shows. */
  public static final String COST = "Δlogit (above 0: away from the target)";

  private static final String DOSE = "number of added pixels (logarithmic)";
  private static final int SMALL_WIDTH = 380;

  /** Place on the colour ramp at the border: lighter colours are hard to see on white. */
  private static final double LIGHTEST = 0.8;

  private static final double ROOM = 0.06;
  private static final double BESIDE = 1.12;

  private DosePlot() {}

  /**
   * The ends of the value axis, which plots side by side share.
   *
   * @param low at most 0
   * @param high above it
   */
  public record Range(double low, double high) {
    /** The range of all means and intervals, and of 0. */
    public static Range of(List<DoseRow> rows) {
      double low = 0;
      double high = 0;
      for (DoseRow row : rows) {
        low = Math.min(low, row.ciLow().orElse(row.meanDeltaLogit()));
        high = Math.max(high, row.ciHigh().orElse(row.meanDeltaLogit()));
      }
      double room = Math.max(ROOM * (high - low), 1e-3);
      return new Range(low < 0 ? low - room : 0, high + room);
    }
  }

  /** The rows of each base, in the table's order. */
  public static Map<String, List<DoseRow>> byBase(List<DoseRow> rows) {
    Map<String, List<DoseRow>> bases = Table.by(rows, DoseRow::base);
    return bases;
  }

  /**
   * The curves of one base.
   *
   * @param rows the rows of that base, at least one
   */
  public static Drawing of(String title, List<DoseRow> rows, Range range) {
    return drawn(new XyPlot(title, DOSE, COST), rows, range);
  }

  /** The curves of one base in a smaller plot; a long title has two lines. */
  public static Drawing small(String title, List<DoseRow> rows, Range range) {
    return of(title, rows, range).within(SMALL_WIDTH);
  }

  /** The curves of all bases, on one scale. */
  public static Drawing all(List<DoseRow> rows, String caption) {
    Range range = Range.of(rows);
    List<Drawing> plots = new ArrayList<>();
    byBase(rows).forEach((base, own) -> plots.add(of("Pixels added to " + base, own, range)));
    return new Captioned(
        Row.lines(2, 0, 0, plots),
        List.of(
            caption,
            "each line is a zone of equal area, named by its distance from the border; bands: 95 %"
                + " intervals"));
  }

  private static Drawing drawn(XyPlot plot, List<DoseRow> rows, Range range) {
    Map<Integer, List<DoseRow>> zones = new TreeMap<>();
    rows.forEach(row -> zones.computeIfAbsent(row.zone(), zone -> new ArrayList<>()).add(row));
    double least = rows.stream().mapToInt(DoseRow::pixels).min().orElseThrow() / BESIDE;
    double most = rows.stream().mapToInt(DoseRow::pixels).max().orElseThrow() * BESIDE;
    plot.logarithmicX();
    plot.xRange(least, most);
    plot.labelX(rows.stream().map(row -> (double) row.pixels()).distinct().toList());
    plot.yRange(range.low(), range.high());
    plot.rule(least, most, 0);
    int last = zones.size();
    // the centre first, as its curve is the highest where there is a barrier
    for (int zone = last; zone >= 1; zone--) {
      List<DoseRow> own = zones.getOrDefault(zone, List.of());
      if (!own.isEmpty()) {
        plot.line(line(name(own.get(0), zone, last), own), color(zone, last), true);
      }
    }
    return plot;
  }

  private static String name(DoseRow row, int zone, int last) {
    String px = row.where().pxNearest() + "–" + row.where().pxFarthest() + " px";
    if (zone == 1) {
      return "border, " + px;
    }
    return zone == last ? "centre, " + px : px;
  }

  private static Color color(int zone, int last) {
    double inwards = last == 1 ? 0 : (zone - 1.0) / (last - 1);
    return new Color(ColorMap.SEQUENTIAL.rgb(LIGHTEST * (1 - inwards)));
  }

  private static Line line(String name, List<DoseRow> rows) {
    double[] x = rows.stream().mapToDouble(DoseRow::pixels).toArray();
    double[] y = rows.stream().mapToDouble(DoseRow::meanDeltaLogit).toArray();
    double[] low = rows.stream().mapToDouble(row -> end(row.ciLow(), row)).toArray();
    double[] high = rows.stream().mapToDouble(row -> end(row.ciHigh(), row)).toArray();
    return new Line(name, x, y, new Band(low, high));
  }

  private static double end(OptionalDouble of, DoseRow row) {
    return of.orElse(row.meanDeltaLogit());
  }
}
