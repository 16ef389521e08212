package org.whisker.diagnosis.result;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: one measure, before any correction. */
public record EvidenceRow(
    @Column(meaning = "what is measured: a symptom or a cause") String measure,
    @Column(unit = "sd", format = "%.3f", meaning = "the estimate, see causes.csv for its meaning")
        OptionalDouble estimate,
    @Column(unit = "sd", meaning = "lower end of its 95 % interval") OptionalDouble ciLow,
    @Column(unit = "sd", meaning = "upper end") OptionalDouble ciHigh,
    @Column(
            unit = Column.PROBABILITY,
            meaning = "one-sided p of an effect that is at most the threshold; small if above it")
        OptionalDouble pAbove,
    @Column(
            unit = Column.PROBABILITY,
            meaning = "one-sided p of an effect that is at least the threshold; small if below it")
        OptionalDouble pBelow,
    @Column(meaning = "number of pictures") int pictures,
    @Column(meaning = "where it was found: layer, side or part of the picture") String where,
    @Column(meaning = "why it was not tested, or what else is to be known") String note) {
  public static final String FILE = "evidence.csv";
  public static final Table<EvidenceRow> TABLE = Table.of(EvidenceRow.class, FILE);

  /** One that could not be tested. */
  public static EvidenceRow untested(String measure, String why) {
    OptionalDouble none = OptionalDouble.empty();
    return new EvidenceRow(measure, none, none, none, none, none, 0, "", why);
  }

  /** Whether it was tested. */
  public boolean isTested() {
    return estimate.isPresent();
  }
}
