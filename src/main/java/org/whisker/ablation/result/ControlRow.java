package org.whisker.ablation.result;

import java.util.List;
import org.whisker.ablation.Controls.Control;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a positive or negative control, whose result is known in advance. */
public record ControlRow(
    @Column(meaning = "name of the control") String control,
    @Column(meaning = "the edge index E that must be found") double expected,
    @Column(meaning = "mean E over the runs with at least one black pixel") double meanEdgeIndex,
    double ciLow,
    double ciHigh,
    @Column(unit = "probability", meaning = "p-value against E = ½") double pNoBias,
    @Column(
            unit = "probability",
            meaning =
                "p-value of the equivalence test that E lies within the margin around "
                    + "the expected value")
        double pEquivalence,
    @Column(meaning = "margin of the equivalence test, in units of E") double margin,
    @Column(meaning = "level of both tests") double alpha,
    @Column(meaning = "number of runs of the control") int runs,
    @Column(meaning = "number of runs without a black pixel") int whiteRuns,
    @Column(meaning = "seed of the first run; later runs use consecutive seeds") long firstSeed,
    @Column(meaning = "true or false") String passed) {
  public static final String FILE = "controls.csv";
  public static final Table<ControlRow> TABLE = Table.of(ControlRow.class, FILE);

  public static List<ControlRow> of(List<Control> controls) {
    return controls.stream().map(ControlRow::of).toList();
  }

  private static ControlRow of(Control c) {
    return new ControlRow(
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
        Boolean.toString(c.passed()));
  }

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
}
