package org.whisker.chart.kit;

import static java.util.Arrays.stream;

import java.awt.Color;
import java.util.List;
import org.whisker.chart.kit.Line.Band;
import org.whisker.value.Checks;

/** The charts of analyses and reports in a uniform style. Axis labels state the units. */
public final class Charts {
  private static final int PANEL_HEIGHT = 230;
  private static final int LEFT = 60;

  private Charts() {}

  /**
   * Lines of shares or probabilities, each with its interval, if any, as a band; the axis runs from
   * 0 to 1.
   */
  public static Drawing shares(String title, String xLabel, String yLabel, List<Line> lines) {
    return ofShares(title, xLabel, yLabel, lines);
  }

  /**
   * Lines of shares or probabilities on an axis from {@code from} to {@code to}, which plots side
   * by side share.
   */
  public static Drawing shares(
      String title, String xLabel, String yLabel, List<Line> lines, double from, double to) {
    XyPlot plot = ofShares(title, xLabel, yLabel, lines);
    plot.xRange(from, to);
    return plot;
  }

  private static XyPlot ofShares(String title, String xLabel, String yLabel, List<Line> lines) {
    XyPlot plot = new XyPlot(title, xLabel, yLabel);
    add(plot, lines, false);
    plot.yRange(0, 1);
    return plot;
  }

  /**
   * Profiles along the edge rank, 0 to 1, with markers, with a dashed line at {@code reference},
   * the value without an effect.
   */
  public static Drawing profile(
      String title,
      String xLabel,
      String yLabel,
      List<Line> lines,
      double reference,
      String referenceName) {
    XyPlot plot = new XyPlot(title, xLabel, yLabel);
    plot.reference(referenceName, 0, reference, 1, reference);
    add(plot, lines, true);
    plot.xRange(0, 1);
    if (reference >= 0 && lines.stream().allMatch(Charts::positive)) {
      plot.yFromZero();
    }
    return plot;
  }

  /**
   * Profiles along the edge rank, with values from 0 to {@code most} on an axis that plots side by
   * side share.
   */
  public static Drawing profile(
      String title,
      String xLabel,
      String yLabel,
      List<Line> lines,
      double reference,
      String referenceName,
      double most) {
    XyPlot plot = new XyPlot(title, xLabel, yLabel);
    plot.reference(referenceName, 0, reference, 1, reference);
    add(plot, lines, true);
    plot.xRange(0, 1);
    plot.yRange(0, Math.max(reference, most) * 1.05);
    return plot;
  }

  /** Points, with a dashed diagonal y = x. */
  public static Drawing scatter(
      String title, String xLabel, String yLabel, Line points, String diagonalName) {
    XyPlot plot = new XyPlot(title, xLabel, yLabel);
    plot.points(points, Ink.faint(Ink.series(0), 110));
    double low = stream(points.x()).min().orElseThrow();
    double high = stream(points.x()).max().orElseThrow();
    plot.reference(diagonalName, low, low, high, high);
    return plot;
  }

  /**
   * Loss above, accuracy (0 to 1) below, each on its own axis over the same epochs.
   *
   * @param lossLabel what the losses are, with their unit
   * @param accuracies each with the name and colour of one of the losses
   */
  public static Drawing training(
      String title, String lossLabel, List<Line> losses, List<Line> accuracies) {
    XyPlot loss = new XyPlot(title, "", lossLabel, XyPlot.WIDTH, PANEL_HEIGHT);
    add(loss, losses, false);
    XyPlot accuracy = new XyPlot("", "epoch", "accuracy", XyPlot.WIDTH, PANEL_HEIGHT);
    accuracy.hideLegend();
    List<String> names = losses.stream().map(Line::name).toList();
    for (Line line : accuracies) {
      accuracy.line(line, Ink.series(names.indexOf(line.name())), false);
    }
    loss.leftWidth(LEFT);
    accuracy.leftWidth(LEFT);
    return new Row(List.of(loss, accuracy), 0, true);
  }

  /**
   * A reliability diagram: the observed frequency of cats against p(target), by bin.
   *
   * @param models mean p(target) of a bin as x, share of cats as y, optionally with an interval
   */
  public static Drawing calibration(String title, List<Line> models) {
    XyPlot plot = new XyPlot(title, "p(target), mean of the bin", "share of cats in the bin");
    plot.reference("perfect", 0, 0, 1, 1);
    return unit(plot, models, true);
  }

  /**
   * ROC curves.
   *
   * @param models false-positive rate as x, true-positive rate as y; names should state the area
   *     under the curve
   */
  public static Drawing roc(String title, List<Line> models) {
    XyPlot plot =
        new XyPlot(title, "false positives / others", "true positives / photos of the target");
    plot.reference("chance", 0, 0, 1, 1);
    return unit(plot, models, false);
  }

  /** Densities are compared by height, so their axis begins at 0. */
  private static boolean positive(Line line) {
    Band band = line.band();
    return stream(line.y()).allMatch(y -> !(y < 0))
        && (band == null || stream(band.low()).allMatch(y -> y >= 0));
  }

  private static Drawing unit(XyPlot plot, List<Line> models, boolean markers) {
    add(plot, models, markers);
    plot.xRange(0, 1);
    plot.yRange(0, 1);
    return plot;
  }

  private static void add(XyPlot plot, List<Line> lines, boolean markers) {
    Checks.refuse(lines.isEmpty(), "no line to draw");
    for (int i = 0; i < lines.size(); i++) {
      Color color = Ink.series(i);
      plot.line(lines.get(i), color, markers);
    }
  }
}
