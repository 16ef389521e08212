package org.whisker.diagnosis.result;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: the verdict on a suspected cause. */
public record CauseRow(
    @Column(format = "%s", meaning = "the suspected cause") String cause,
    @Column(
            format = "%s",
            meaning = "found, none (shown to be below the threshold), undecided, or not tested")
        String verdict,
    @Column(
            unit = "sd",
            format = "%.3f",
            meaning =
                "the estimate, as the column measure says; of crop and missed-pixels a share of"
                    + " the pixels")
        OptionalDouble estimate,
    @Column(unit = "sd", format = "%.3f", meaning = "lower end of its 95 % interval")
        OptionalDouble ciLow,
    @Column(unit = "sd", format = "%.3f", meaning = "upper end of its 95 % interval")
        OptionalDouble ciHigh,
    @Column(unit = "sd", format = "%.2f", meaning = "the fixed threshold of a cause")
        double threshold,
    @Column(
            value = "p_corrected",
            unit = Column.PROBABILITY,
            title = "p corrected",
            format = "%.4f",
            meaning =
                "p of an effect that is at most the threshold, by Holm's correction over the"
                    + " causes that were tested; empty where a finding is exact")
        OptionalDouble correctedP,
    @Column(format = "%s", meaning = "where: layer, side or part of the picture") String where,
    @Column(meaning = "what would mend it") String mend,
    @Column(meaning = "what the estimate is of") String measure,
    @Column(meaning = "why it was not tested, or what else is to be known") String note) {
  public static final String FILE = "causes.csv";
  public static final Table<CauseRow> TABLE = Table.of(CauseRow.class, FILE);

  /** The finding above the threshold. */
  public static final String FOUND = "found";

  /** The finding below the threshold. */
  public static final String NONE = "none";

  /** Neither finding is shown. */
  public static final String UNDECIDED = "undecided";

  /** The finding where nothing was tested. */
  public static final String UNTESTED = "not tested";

  /** Whether it is a cause. */
  public boolean isFound() {
    return verdict.equals(FOUND);
  }
}
