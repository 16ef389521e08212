package org.whisker.position.result;

import java.util.ArrayList;
import java.util.List;
import org.whisker.position.PartDensity;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a condition's {@code sides_by_run.csv}, one per part and run: the values averaged in
 * {@link PartDensityRow}.
 */
public record PartRunRow(
    String part,
    @Column(
            value = "run_with_black_pixels",
            meaning =
                "number of the run, from 1, among the runs with at least one black " + "pixel")
        int run,
    @Column(
            meaning =
                "density relative to a uniform distribution, or the difference of two "
                    + "such densities")
        double density) {
  public static final String FILE = "sides_by_run.csv";
  public static final Table<PartRunRow> TABLE = Table.of(PartRunRow.class, FILE);

  static List<PartRunRow> of(List<PartDensity> parts) {
    List<PartRunRow> rows = new ArrayList<>();
    for (PartDensity part : parts) {
      for (int run = 0; run < part.perRun().size(); run++) {
        rows.add(new PartRunRow(part.name(), run + 1, part.perRun().get(run)));
      }
    }
    return rows;
  }
}
