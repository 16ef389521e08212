package org.whisker.table.experiment;

import java.util.OptionalDouble;
import org.whisker.planted.Calibration;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: how often a hypothesis is decided falsely where it is false, and found
 * where it is true, in simulated reports.
 *
 * @param nullPlant planted classifier on which there is nothing to find
 * @param replicates simulated reports on it
 * @param rejected of them with p ≤ 0.05, uncorrected
 * @param falseVerdicts that assert an effect at 0.05, uncorrected
 * @param falseCorrected that still do after the correction of a whole report
 * @param equivalent that assert that there is none
 * @param degenerate that have the same images in both arms, so that nothing can be rejected
 * @param effectPlant planted classifier on which there is an effect; empty text without one
 * @param powerReplicates simulated reports on it
 * @param found of them that assert the right verdict, uncorrected
 * @param foundCorrected that still do after the correction of a whole report
 * @param meanEffect on it, in the unit of the comparison's statistic
 * @param runs an arm
 * @param evaluations images scored by a run
 * @param tests that the correction is over
 */
public record NullCalibrationRow(
    String hypothesis,
    String nullPlant,
    @Column(unit = "count") int replicates,
    @Column(unit = "count") int rejected,
    @Column(unit = "count") int falseVerdicts,
    @Column(unit = "count") int falseCorrected,
    @Column(unit = "count") int equivalent,
    @Column(unit = "count") int degenerate,
    String effectPlant,
    @Column(unit = "count") int powerReplicates,
    @Column(unit = "count") int found,
    @Column(unit = "count") int foundCorrected,
    OptionalDouble meanEffect,
    int runs,
    long evaluations,
    int tests) {
  public static final String FILE = "calibration.csv";
  public static final Table<NullCalibrationRow> TABLE = Table.of(NullCalibrationRow.class);

  /** A row of a result. */
  public static NullCalibrationRow of(Calibration.Result r) {
    return new NullCalibrationRow(
        r.hypothesis(),
        r.nullPlant(),
        r.none().replicates(),
        r.none().rejected(),
        r.none().asserted(),
        r.none().assertedCorrected(),
        r.none().equivalent(),
        r.none().degenerate(),
        r.effectPlant(),
        r.some().replicates(),
        r.some().asserted(),
        r.some().assertedCorrected(),
        r.some().meanEffect(),
        r.trial().runs(),
        r.trial().evaluations(),
        r.tests());
  }
}
