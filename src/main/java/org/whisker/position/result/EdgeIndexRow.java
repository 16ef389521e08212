package org.whisker.position.result;

import java.util.ArrayList;
import java.util.List;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of a condition's {@code edge_index.csv}: the edge index of one run. */
public record EdgeIndexRow(
    @Column(
            value = "run_with_black_pixels",
            meaning =
                "number of the run, from 1, among the runs with at least one black " + "pixel")
        int run,
    @Column(
            meaning =
                "mean edge rank of the black pixels: 0 at the border, ½ expected by "
                    + "chance, 1 at the centre")
        double edgeIndex) {
  public static final String FILE = "edge_index.csv";
  public static final Table<EdgeIndexRow> TABLE = Table.of(EdgeIndexRow.class, FILE);

  static List<EdgeIndexRow> of(List<Double> indices) {
    List<EdgeIndexRow> rows = new ArrayList<>();
    for (double index : indices) {
      rows.add(new EdgeIndexRow(rows.size() + 1, index));
    }
    return rows;
  }
}
