package org.whisker.table.experiment;

import java.util.List;
import org.whisker.ablation.Control;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a control whose answer is known beforehand.
 *
 * @param control its name
 * @param expected E that must be found
 * @param meanEdgeIndex over the runs with a black pixel
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param pNoBias that E is ½
 * @param pEquivalence that E lies within the margin of what is expected
 * @param margin of the equivalence test
 * @param alpha level of both tests
 * @param runs of the control
 * @param whiteRuns of them without a black pixel
 * @param firstSeed of the runs, which count upwards
 * @param passed {@code true} or {@code false}
 */
public record ControlRow(
    String control,
    double expected,
    double meanEdgeIndex,
    double ciLow,
    double ciHigh,
    @Column(unit = "probability") double pNoBias,
    @Column(unit = "probability") double pEquivalence,
    double margin,
    double alpha,
    int runs,
    int whiteRuns,
    long firstSeed,
    String passed) {
  public static final String FILE = "controls.csv";
  public static final Table<ControlRow> TABLE = Table.of(ControlRow.class);

  /** A row a control. */
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
}
