package org.whisker.table.experiment;

import java.util.OptionalDouble;
import org.whisker.selfcheck.Calibration;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: rates of false positives and true positives of a hypothesis test in
 * simulated reports.
 *
 * @param nullPlant planted classifier without the effect
 * @param replicates number of simulated reports on it
 * @param rejected number of these with p ≤ 0.05, uncorrected
 * @param falseVerdicts number of these that assert an effect at level 0.05, uncorrected
 * @param falseCorrected number of these after correction over a whole report
 * @param equivalent number of these that assert equivalence (no effect)
 * @param degenerate number of these with the same images in both arms, so that nothing can be
 *     rejected
 * @param effectPlant planted classifier with the effect; empty when there is none
 * @param powerReplicates number of simulated reports on it
 * @param found number of these that assert the correct verdict, uncorrected
 * @param foundCorrected number of these after correction over a whole report
 * @param meanEffect mean effect on it, in the unit of the comparison's statistic
 * @param runs number of runs per arm
 * @param evaluations number of images scored per run
 * @param tests number of tests that the correction covers
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
