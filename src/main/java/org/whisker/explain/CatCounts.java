package org.whisker.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.table.Column;
import org.whisker.value.OptionalNumber;

/**
 * How many runs of a comparison became cats.
 *
 * @param level the p(target) at which its arms are compared: the target where at least half of each
 *     arm's runs reached it, else ½ likewise; empty where too few did, and then the counts are of ½
 */
public record CatCounts(
    @Column(
            value = "target_level",
            unit = Column.PROBABILITY,
            meaning = "p(target) at which arms are compared; empty when too few runs reached ½")
        OptionalDouble level,
    @Column(
            value = "targets_control",
            unit = "runs",
            meaning = "number of runs of the control that reached it, or ½ when too few reached it")
        int control,
    @Column(value = "runs_control", unit = "runs", meaning = "number of runs of the control")
        int controlRuns,
    @Column(
            value = "targets_treated",
            unit = "runs",
            meaning = "number of runs of the treated arm that reached the target")
        OptionalInt treated,
    @Column(value = "runs_treated", unit = "runs", meaning = "number of runs of the treated arm")
        OptionalInt treatedRuns) {
  /**
   * Counts the runs that became cats, in the control and in the treated arm of a comparison.
   *
   * @param treated empty where the control alone is looked at
   * @param target p(target) that counts as success
   */
  static CatCounts of(ArmRuns control, Optional<ArmRuns> treated, double target) {
    List<ArmRuns> arms =
        treated.map(other -> List.of(control, other)).orElseGet(() -> List.of(control));
    Optional<Measure> level = ArmRuns.level(arms);
    Measure counted = level.orElse(Measure.EDGE_INDEX_AT_HALF);
    return new CatCounts(
        OptionalNumber.of(level, measure -> probability(measure, target)),
        control.cats(counted),
        control.runs().size(),
        treated.map(arm -> OptionalInt.of(arm.cats(counted))).orElse(OptionalInt.empty()),
        treated.map(arm -> OptionalInt.of(arm.runs().size())).orElse(OptionalInt.empty()));
  }

  private static double probability(Measure level, double target) {
    return level == Measure.EDGE_INDEX_AT_TARGET ? target : Measure.HALF;
  }

  /** Whether at least half of each arm's runs are cats. */
  public boolean enough() {
    return level.isPresent();
  }
}
