package org.whisker.chart.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.table.experiment.ArmRow;
import org.whisker.table.experiment.ArmSummaryRow;

/**
 * What is drawn as one row of {@link ArmStrips}.
 *
 * @param name of the arm, or of whatever its runs are of
 * @param runs at least one
 * @param summaries of these runs, a measure each
 */
public record ArmLane(String name, List<ArmRow> runs, List<ArmSummaryRow> summaries) {
  private static final double EVEN = 0.5;

  public ArmLane {
    runs = List.copyOf(runs);
    summaries = List.copyOf(summaries);
  }

  /** A lane an arm, in the table's order. */
  public static List<ArmLane> of(List<ArmRow> rows, List<ArmSummaryRow> summaries) {
    List<ArmLane> lanes = new ArrayList<>();
    ArmRow.byArm(rows)
        .forEach(
            (arm, runs) ->
                lanes.add(
                    new ArmLane(
                        arm, runs, summaries.stream().filter(s -> s.arm().equals(arm)).toList())));
    return lanes;
  }

  /** Whether no network was asked. */
  public boolean isFlat() {
    return runs.get(0).isFlat();
  }

  Optional<ArmSummaryRow> summary(String measure) {
    return summaries.stream().filter(s -> s.measure().equals(measure)).findFirst();
  }

  /** p(cat) that counts as success; ½ where no table tells. */
  double target() {
    return summaries.stream().findFirst().map(ArmSummaryRow::target).orElse(EVEN);
  }

  /** The name with how many runs reached the target. */
  String labelled() {
    long successes = runs.stream().filter(ArmRow::success).count();
    String what = target() == EVEN ? "cats" : "succeed";
    return isFlat() ? name : "%s (%d/%d %s)".formatted(name, successes, runs.size(), what);
  }
}
