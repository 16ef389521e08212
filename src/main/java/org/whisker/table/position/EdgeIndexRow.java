package org.whisker.table.position;

import java.util.ArrayList;
import java.util.List;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A run's edge index, a row of a condition's {@code edge_index.csv}.
 *
 * @param run counted from 1 over the runs that have a black pixel
 * @param edgeIndex 0 at the border, ½ by chance, 1 in the centre
 */
public record EdgeIndexRow(@Column("run_with_black_pixels") int run, double edgeIndex) {
  public static final String FILE = "edge_index.csv";
  public static final Table<EdgeIndexRow> TABLE = Table.of(EdgeIndexRow.class);

  static List<EdgeIndexRow> of(List<Double> indices) {
    List<EdgeIndexRow> rows = new ArrayList<>();
    for (double index : indices) {
      rows.add(new EdgeIndexRow(rows.size() + 1, index));
    }
    return rows;
  }
}
