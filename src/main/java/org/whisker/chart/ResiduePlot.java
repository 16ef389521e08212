package org.whisker.chart;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.XyPlot;
import org.whisker.io.CsvRow;

/** Density by residue of x and y, for one modulus on one model. */
public final class ResiduePlot {
  private static final int WIDTH = 330;
  private static final int HEIGHT = 240;

  private ResiduePlot() {}

  public static Panel of(String model, long modulus, Map<String, List<CsvRow>> axes)
      throws IOException {
    XyPlot plot =
        new XyPlot(model + ", modulo " + modulus, "residue", "density (1 = chance)", WIDTH, HEIGHT);
    plot.wholeX();
    plot.reference("chance", 0, 1, modulus - 1.0, 1);
    int color = 0;
    for (Map.Entry<String, List<CsvRow>> axis : axes.entrySet()) {
      plot.line(line(axis.getKey(), axis.getValue()), Ink.series(color++), true);
    }
    plot.yFromZero();
    return new Panel(plot.svg());
  }

  private static Line line(String axis, List<CsvRow> rows) throws IOException {
    int n = rows.size();
    double[] x = new double[n];
    double[] y = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      CsvRow row = rows.get(i);
      x[i] = row.number("residue");
      y[i] = row.number("density");
      low[i] = Math.min(y[i], Math.max(0, row.optionalNumber("ci_low").orElse(y[i])));
      high[i] = Math.max(y[i], row.optionalNumber("ci_high").orElse(y[i]));
    }
    return new Line(axis, x, y, new Band(low, high));
  }
}
