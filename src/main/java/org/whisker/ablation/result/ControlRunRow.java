package org.whisker.ablation.result;

import java.util.List;
import org.whisker.ablation.Control;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a run of a control whose image has a black pixel, with its E. */
public record ControlRunRow(String control, double edgeIndex) {
  public static final String FILE = "runs.csv";
  public static final Table<ControlRunRow> TABLE = Table.of(ControlRunRow.class, FILE);

  /** One row per run, grouped by control. */
  public static List<ControlRunRow> of(List<Control> controls) {
    return controls.stream()
        .flatMap(c -> c.edgeIndices().stream().map(e -> new ControlRunRow(c.name(), e)))
        .toList();
  }
}
