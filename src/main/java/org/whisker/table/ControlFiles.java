package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.ablation.Control;
import org.whisker.io.CsvWriter;

/** Controls as CSV: the verdicts, and the runs they rest on. */
public final class ControlFiles {
  private static final List<String> CONTROLS =
      List.of(
          "control",
          "expected",
          "mean_edge_index",
          "ci_low",
          "ci_high",
          "p_no_bias",
          "p_equivalence",
          "margin",
          "alpha",
          "runs",
          "white_runs",
          "first_seed",
          "passed");

  private ControlFiles() {}

  /** Writes {@code controls.csv} and {@code runs.csv} (runs with a black pixel). */
  public static void write(Path folder, List<Control> controls) throws IOException {
    try (CsvWriter csv = CsvWriter.create(folder.resolve("controls.csv"), CONTROLS)) {
      for (Control c : controls) {
        csv.row(
            c.name(),
            c.expected(),
            c.mean(),
            c.interval().low(),
            c.interval().high(),
            c.p(),
            c.equivalence().p(),
            c.equivalence().margin(),
            c.alpha(),
            c.edgeIndices().size() + c.whiteRuns(),
            c.whiteRuns(),
            c.firstSeed(),
            c.passed());
      }
      csv.finish();
    }
    try (CsvWriter csv =
        CsvWriter.create(folder.resolve("runs.csv"), List.of("control", "edge_index"))) {
      for (Control c : controls) {
        for (double index : c.edgeIndices()) {
          csv.row(c.name(), index);
        }
      }
      csv.finish();
    }
  }
}
