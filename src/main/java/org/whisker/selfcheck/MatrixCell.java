package org.whisker.selfcheck;

import java.util.Optional;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Expected;
import org.whisker.stats.Verdict;

/**
 * A hypothesis on a plant.
 *
 * @param reason why the expected verdict is right, by construction of the plant
 */
public record MatrixCell(String plant, Expected expected, String reason, Finding test) {
  /** Which hypothesis. */
  public String hypothesis() {
    return test.hypothesis();
  }

  /** The verdict; empty where it was not tested. */
  public Optional<Verdict> seen() {
    return test.verdict();
  }

  /** Whether it is the right one. */
  public Expected.Outcome outcome() {
    return expected.outcome(seen());
  }
}
