package org.whisker.table.experiment;

import java.util.List;
import org.whisker.ablation.Control;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a positive or negative control, whose result is known in advance.
 *
 * @param control name of the control
 * @param expected the edge index E that must be found
 * @param meanEdgeIndex mean E over the runs with at least one black pixel
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param pNoBias p-value against E = ½
 * @param pEquivalence p-value of the equivalence test that E lies within the margin around the
 *     expected value
 * @param margin of the equivalence test, in units of E
 * @param alpha level of both tests
 * @param runs number of runs of the control
 * @param whiteRuns number of runs without a black pixel
 * @param firstSeed seed of the first run; later runs use consecutive seeds
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

  /** One row per control. */
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
