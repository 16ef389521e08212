package org.whisker.chart.kit.matrix;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.io.Decimals;

/**
 * A confusion matrix: rows are the true classes, columns the predictions, shaded by their share of
 * the row.
 *
 * @param counts counts by true class and prediction
 */
public record ConfusionPlot(String title, List<String> classes, List<List<Long>> counts)
    implements Composed {
  private static final int SIDE = 88;

  /**
   * @throws IllegalArgumentException when the counts are not a square of the classes
   */
  public ConfusionPlot {
    classes = List.copyOf(classes);
    counts = List.copyOf(counts);
    int size = classes.size();
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException(counts + " for the classes " + classes);
    }
  }

  @Override
  public Drawing drawing() {
    List<Grid.Line> rows = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      Grid.Name name = new Grid.Name(classes.get(i), "true");
      rows.add(new Grid.Line(name, row(counts.get(i)), null));
    }
    List<Grid.Name> columns =
        classes.stream().map(name -> new Grid.Name(name, "predicted")).toList();
    return new Grid(title, columns, rows, List.of());
  }

  private static List<Swatch> row(List<Long> counts) {
    long total = counts.stream().mapToLong(count -> count).sum();
    return counts.stream().map(count -> cell(count, total)).toList();
  }

  private static Swatch cell(long count, long total) {
    double share = total == 0 ? 0 : count / (double) total;
    String percent = total == 0 ? "" : Decimals.fixed(100 * share, 1) + " %";
    Color ground = new Color(ColorMap.MAGNITUDE.rgb(0.04 + 0.56 * share));
    return Swatch.of(ground, Long.toString(count), percent, false, SIDE, SIDE);
  }
}
