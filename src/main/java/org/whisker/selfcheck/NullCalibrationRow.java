package org.whisker.selfcheck;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: rates of false positives and true positives of a hypothesis test in
 * simulated reports.
 */
public record NullCalibrationRow(
    String hypothesis,
    @Column(meaning = "planted classifier without the effect") String nullPlant,
    @Column(unit = "count", meaning = "number of simulated reports on it") int replicates,
    @Column(unit = "count", meaning = "number of these with p ≤ 0.05, uncorrected") int rejected,
    @Column(
            unit = "count",
            meaning = "number of these that assert an effect at level 0.05, uncorrected")
        int falseVerdicts,
    @Column(unit = "count", meaning = "number of these after correction over a whole report")
        int falseCorrected,
    @Column(unit = "count", meaning = "number of these that assert equivalence (no effect)")
        int equivalent,
    @Column(
            unit = "count",
            meaning =
                "number of these with the same images in both arms, so that nothing "
                    + "can be rejected")
        int degenerate,
    @Column(meaning = "planted classifier with the effect; empty when there is none")
        String effectPlant,
    @Column(unit = "count", meaning = "number of simulated reports on it") int powerReplicates,
    @Column(
            unit = "count",
            meaning = "number of these that assert the correct verdict, uncorrected")
        int found,
    @Column(unit = "count", meaning = "number of these after correction over a whole report")
        int foundCorrected,
    @Column(meaning = "mean effect on it, in the unit of the comparison's statistic")
        OptionalDouble meanEffect,
    @Column(meaning = "number of runs per arm") int runs,
    @Column(meaning = "number of images scored per run") long evaluations,
    @Column(meaning = "number of tests that the correction covers") int tests) {
  public static final String FILE = "calibration.csv";
  public static final Table<NullCalibrationRow> TABLE = Table.of(NullCalibrationRow.class, FILE);

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
