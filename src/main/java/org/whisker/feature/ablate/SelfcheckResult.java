package org.whisker.feature.ablate;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.whisker.ablation.Controls.Control;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.selfcheck.PlantedMatrix.MatrixCell;

/**
 * What controls came to.
 *
 * @param folder with their tables
 * @param done whether all were run; otherwise the job was stopped, and those before are here
 * @param checks a control each, in the order in which they were run
 * @param cells the cells of the matrix, plant by plant
 */
public record SelfcheckResult(
    Path folder, boolean done, List<Check> checks, List<MatrixCell> cells) {
  public SelfcheckResult {
    checks = List.copyOf(checks);
    cells = List.copyOf(cells);
  }

  /** How an answer compares with the one that is known. */
  public enum Outcome {
    /** The verdict is the known one. */
    RIGHT,
    /** The verdict is another, from runs enough to tell. */
    WRONG,
    /** The runs are too few to tell. */
    UNDECIDED
  }

  /**
   * The outcome of a control.
   *
   * @param control the name of the control
   * @param expected the mean edge index that is right
   * @param seen the mean edge index of its runs
   * @param details intervals and tests behind the outcome
   */
  public record Check(
      String control, double expected, double seen, Outcome outcome, Control details) {
    static Check of(Control control) {
      return new Check(
          control.name(), control.expected(), control.mean(), outcome(control), control);
    }

    private static Outcome outcome(Control control) {
      if (control.passed()) {
        return Outcome.RIGHT;
      }
      OptionalLong needed = control.runsNeeded();
      boolean few = needed.isPresent() && needed.getAsLong() > control.edgeIndices().size();
      return few ? Outcome.UNDECIDED : Outcome.WRONG;
    }
  }

  /** How many cells of the matrix have this outcome. */
  public int cells(Expected.Outcome outcome) {
    return (int) cells.stream().filter(cell -> cell.outcome() == outcome).count();
  }

  /** How many controls have the known answer. */
  public int right() {
    return (int) checks.stream().filter(check -> check.outcome() == Outcome.RIGHT).count();
  }
}
