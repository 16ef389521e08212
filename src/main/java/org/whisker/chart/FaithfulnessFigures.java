package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.MatrixPlot;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.io.Decimals;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.table.FaithfulnessFiles;
import org.whisker.table.TestedMap;

/** Whether the maps of one picture can be believed, as charts. */
public final class FaithfulnessFigures {
  private static final int WIDE = 300;
  private static final int HIGH = 210;
  private static final int ACROSS = 2;

  private FaithfulnessFigures() {}

  /** Writes {@code deletion-insertion.png}, {@code randomisation.png}, {@code agreement.png}. */
  public static void write(Path folder, List<TestedMap> ofOnePicture) throws IOException {
    for (Map.Entry<String, Drawing> chart : charts(ofOnePicture).entrySet()) {
      chart.getValue().writePng(folder.resolve(chart.getKey() + ".png"));
    }
  }

  /** By the name of the file; without those for which there is nothing to draw. */
  public static Map<String, Drawing> charts(List<TestedMap> maps) {
    Map<String, Drawing> charts = new LinkedHashMap<>();
    String name = maps.get(0).map().picture().name();
    List<TestedMap> curved =
        maps.stream().filter(map -> map.faithfulness().causal().isPresent()).toList();
    if (!curved.isEmpty()) {
      charts.put("deletion-insertion", curves(name, curved));
    }
    List<TestedMap> randomised =
        maps.stream()
            .filter(map -> map.randomised().map(r -> !r.steps().isEmpty()).orElse(false))
            .toList();
    if (!randomised.isEmpty()) {
      charts.put("randomisation", randomisation(name, randomised));
    }
    if (maps.size() > 1) {
      charts.put("agreement", agreement(name, FaithfulnessFiles.agreement(maps)));
    }
    return charts;
  }

  private static Drawing curves(String name, List<TestedMap> maps) {
    List<Drawing> pairs = new ArrayList<>();
    for (TestedMap map : maps) {
      DeletionInsertion causal = map.faithfulness().causal().orElseThrow();
      String method = map.map().method();
      pairs.add(
          Row.across(
              0,
              List.of(
                  curve(method + ": deletion", causal.deletion()),
                  curve("insertion", causal.insertion()))));
    }
    List<Drawing> rows = new ArrayList<>();
    for (int at = 0; at < pairs.size(); at += ACROSS) {
      rows.add(Row.across(16, pairs.subList(at, Math.min(pairs.size(), at + ACROSS))));
    }
    return new Captioned(
        new Row(rows, 4, true),
        List.of(
            name
                + ": the logit of not-cat (below 0 is cat) by the share of pixels taken away, or"
                + " put back, in the map's order.",
            "Gray: 95 % of random orders. A map that can be believed rises above it in deletion and"
                + " falls below it in insertion."));
  }

  private static XyPlot curve(String title, CausalCurve curve) {
    int n = curve.pixels().size();
    double[] share = IntStream.range(0, n).mapToDouble(curve::share).toArray();
    CausalCurve.Series logit = curve.logit();
    double[] low = logit.random().stream().mapToDouble(i -> i.low()).toArray();
    double[] high = logit.random().stream().mapToDouble(i -> i.high()).toArray();
    double[] middle = IntStream.range(0, n).mapToDouble(i -> (low[i] + high[i]) / 2).toArray();
    XyPlot plot =
        new XyPlot(
            title + ", p = " + Decimals.fixed(logit.p(), 3),
            "share of pixels",
            "logit",
            WIDE,
            HIGH);
    plot.line(new Line("random", share, middle, new Band(low, high)), Ink.MUTED, false);
    plot.line(
        new Line("map", share, logit.values().stream().mapToDouble(v -> v).toArray()),
        Ink.series(0),
        false);
    plot.xRange(0, 1);
    plot.hideLegend();
    return plot;
  }

  private static Drawing randomisation(String name, List<TestedMap> maps) {
    List<ParameterRandomisation.Step> steps = maps.get(0).randomised().orElseThrow().steps();
    List<List<String>> columns = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      columns.add(List.of(steps.get(i).layer(), "down to here"));
    }
    List<List<MatrixPlot.Cell>> cells =
        maps.stream()
            .map(
                map ->
                    map.randomised().orElseThrow().steps().stream()
                        .map(step -> cell(step.absolute(), step.signed()))
                        .toList())
            .toList();
    return new MatrixPlot(
        name + ": maps of networks whose layers are randomised from the logit down",
        maps.stream().map(map -> map.map().method()).toList(),
        columns,
        cells,
        List.of(
            "Spearman's ρ of |value| with the trained network's map (small: of the signed values);"
                + " pixels that are 0 in both do not count.",
            "A map that stays alike (red) does not show what the network has learned."));
  }

  private static Drawing agreement(String name, MethodAgreement agreement) {
    List<String> methods = agreement.methods();
    List<List<MatrixPlot.Cell>> cells = new ArrayList<>();
    for (int a = 0; a < methods.size(); a++) {
      List<MatrixPlot.Cell> row = new ArrayList<>();
      for (int b = 0; b < methods.size(); b++) {
        row.add(cell(agreement.absolute().get(a).get(b), agreement.signed().get(a).get(b)));
      }
      cells.add(row);
    }
    return new MatrixPlot(
        name + ": do methods point at the same pixels?",
        methods,
        methods.stream().map(method -> List.of(method, "")).toList(),
        cells,
        List.of(
            "Spearman's ρ of |value| (small: of the signed values, where they can be compared).",
            "Red: alike; pale: unrelated; blue: opposite. Pixels that are 0 in both do not count."));
  }

  private static MatrixPlot.Cell cell(OptionalDouble absolute, OptionalDouble signed) {
    double place = absolute.isPresent() ? 0.5 + absolute.getAsDouble() / 2 : 0.5;
    return new MatrixPlot.Cell(
        Math.min(1, Math.max(0, place)), text(absolute), "signed " + text(signed), false);
  }

  private static String text(OptionalDouble rho) {
    return rho.isPresent() ? Decimals.fixed(rho.getAsDouble(), 2) : "–";
  }
}
