package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.ArmTables.ArmSummaryRow;
import org.whisker.io.Decimals;

/**
 * One row of {@link ArmStrips}.
 *
 * @param name name of the arm, or other label of the runs
 * @param runs at least one
 * @param summaries the summaries of these runs, one per measure
 */
public record ArmLane(String name, List<ArmRow> runs, List<ArmSummaryRow> summaries) {
  private static final double EVEN = 0.5;

  public ArmLane {
    runs = List.copyOf(runs);
    summaries = List.copyOf(summaries);
  }

  /** One lane per arm, in the table's order. */
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

  /** Whether no network was involved. */
  public boolean isFlat() {
    return runs.get(0).isFlat();
  }

  Optional<ArmSummaryRow> summary(String measure) {
    return summaries.stream().filter(s -> s.measure().equals(measure)).findFirst();
  }

  /** p(cat) that counts as success; ½ when no table states it. */
  double target() {
    return summaries.stream().findFirst().map(ArmSummaryRow::target).orElse(EVEN);
  }

  /** The name with the number of runs that reached the target. */
  String labelled() {
    return labelled(target());
  }

  /**
   * The name with the number of runs that reached {@code level}; ½ counts the runs that reached ½.
   */
  String labelled(double level) {
    boolean half = level == EVEN && target() != EVEN;
    long reached = runs.stream().filter(half ? ArmRow::isHalfCat : ArmRow::success).count();
    return isFlat()
        ? name
        : String.format(
            Locale.ROOT,
            "%s (%d of %d reach %s)",
            name,
            reached,
            runs.size(),
            level == EVEN ? "½" : Decimals.rounded(level, 2));
  }
}
