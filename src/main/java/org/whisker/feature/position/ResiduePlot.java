package org.whisker.feature.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.feature.position.ConditionFigures.Densities;
import org.whisker.io.Decimals;
import org.whisker.position.result.ResidueRow;
import org.whisker.table.Table;

/**
 * Density of black pixels by residue of x and y: one plot per modulus, one mark per residue and
 * axis.
 */
final class ResiduePlot {
  private static final String DENSITY = "density (1 = chance)";

  /** x and y stand beside each other, since their intervals would cover each other. */
  private static final double APART = 0.14;

  /** Beyond the first and the last residue. */
  private static final double ROOM = 0.25;

  private ResiduePlot() {}

  /**
   * All moduli, two side by side, each titled with its corrected p-value.
   *
   * @param caption caption below the plots
   */
  static Drawing of(String caption, List<ResidueRow> rows, List<ResidueRow.TestRow> tests) {
    List<Drawing> plots = new ArrayList<>();
    byModulus(rows)
        .forEach(
            (modulus, both) -> {
              String title = "Modulo " + modulus + corrected(modulus, tests);
              XyPlot plot = new XyPlot(title, "residue of x or y", DENSITY);
              plots.add(drawn(plot, modulus, both));
            });
    List<Drawing> pairs = new ArrayList<>();
    for (int from = 0; from < plots.size(); from += 2) {
      pairs.add(Row.across(0, plots.subList(from, Math.min(from + 2, plots.size()))));
    }
    return new Captioned(new Row(pairs, 0, true), List.of(caption));
  }

  private static Map<Integer, List<ResidueRow>> byModulus(List<ResidueRow> rows) {
    Map<Integer, List<ResidueRow>> moduli = Table.by(rows, ResidueRow::modulus);
    return moduli;
  }

  private static Drawing drawn(XyPlot plot, int modulus, List<ResidueRow> both) {
    plot.wholeX();
    plot.xRange(-ROOM, modulus - 1 + ROOM);
    plot.reference("chance", 0, 1, modulus - 1, 1);
    Map<String, List<ResidueRow>> axes = Table.by(both, ResidueRow::axis);
    int series = 0;
    for (Map.Entry<String, List<ResidueRow>> axis : axes.entrySet()) {
      double beside = APART * (series - (axes.size() - 1) / 2.0);
      plot.classes(line(axis.getKey(), axis.getValue(), beside), Ink.series(series++));
    }
    plot.yFromZero();
    return plot;
  }

  private static Line line(String axis, List<ResidueRow> rows, double beside) {
    double[] x = rows.stream().mapToDouble(row -> row.residue() + beside).toArray();
    double[] y = rows.stream().mapToDouble(row -> row.mean().density()).toArray();
    return new Line(
        axis,
        x,
        y,
        Densities.band(
            y,
            rows.stream().map(row -> row.mean().ciLow()).toList(),
            rows.stream().map(row -> row.mean().ciHigh()).toList()));
  }

  private static String corrected(int modulus, List<ResidueRow.TestRow> tests) {
    List<String> texts = new ArrayList<>();
    for (ResidueRow.TestRow test : tests) {
      ResidueRow.TestRow.Test whole = test.whole();
      if (test.modulus() == modulus && whole != null && whole.pHolm().isPresent()) {
        texts.add(test.axis() + " " + p(whole.pHolm().getAsDouble()));
      }
    }
    return texts.isEmpty() ? "" : ", corrected p: " + String.join(", ", texts);
  }

  private static String p(double p) {
    return Decimals.probability(p);
  }
}
