package org.whisker.diagnosis.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: how far the logit goes when pictures are shifted over their borders. */
public record ShiftRow(
    @Column(
            meaning =
                "the network as it is, or on a torus: every padding wraps around, and the logit is"
                    + " the mean over all rolls of the last feature map, so that only strides know"
                    + " places")
        String network,
    @Column(unit = "px", meaning = "how far pictures are shifted, to the right and down") int shift,
    @Column(
            unit = "share",
            meaning =
                "mean absolute change of the logit, over the mean difference of the logit between two"
                    + " pictures")
        double change,
    @Column(unit = "share", meaning = "lower end of its 95 % interval over pictures") double ciLow,
    @Column(unit = "share", meaning = "upper end") double ciHigh) {
  public static final String FILE = "shifts.csv";
  public static final Table<ShiftRow> TABLE = Table.of(ShiftRow.class, FILE);

  /** The network as it is. */
  public static final String OWN = "as it is";

  /** The network that only strides tell of places. */
  public static final String TORUS = "on a torus";
}
