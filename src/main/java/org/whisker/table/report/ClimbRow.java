package org.whisker.table.report;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: an image of a run that was better than all before; the last row of a run
 * repeats its best p(cat) at all images that it scored.
 *
 * @param run its number, from 1
 * @param evaluations images scored until then
 * @param catProbability p(cat) of the image
 */
public record ClimbRow(
    int run,
    long seed,
    @Column(unit = "images") long evaluations,
    @Column(value = "p_cat", unit = "probability") double catProbability) {
  public static final String FILE = "climb.csv";
  public static final Table<ClimbRow> TABLE = Table.of(ClimbRow.class);

  /** The improvements of all runs of an arm, run by run. */
  public static List<ClimbRow> of(ArmRuns arm) {
    List<ClimbRow> rows = new ArrayList<>();
    for (int i = 0; i < arm.runs().size(); i++) {
      ArmRun run = arm.runs().get(i);
      if (run.outcome().isPresent()) {
        add(i + 1, run.seed(), run.outcome().get(), rows);
      }
    }
    return rows;
  }

  private static void add(int run, long seed, ArmRun.Outcome outcome, List<ClimbRow> rows) {
    double last = Double.NaN;
    for (ArmRun.Step step : outcome.climb()) {
      last = step.catProbability();
      rows.add(new ClimbRow(run, seed, step.evaluations(), last));
    }
    if (!outcome.climb().isEmpty()) {
      rows.add(new ClimbRow(run, seed, outcome.evaluations(), last));
    }
  }
}
