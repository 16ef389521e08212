package org.whisker.diagnosis.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a part near the border in which the photos of a folder are alike. */
public record MarkRow(
    @Column(meaning = "the set of photos") String group,
    @Column(unit = "px", meaning = "first column of the part, from 0") int left,
    @Column(unit = "px", meaning = "first row of the part, from 0") int top,
    @Column(unit = "px", meaning = "number of columns") int width,
    @Column(unit = "px", meaning = "number of rows") int height,
    @Column(
            unit = "sd",
            meaning =
                "change of the logit of not-cat when the part is painted over by that of other"
                    + " photos, less that of the same painting at the mirrored places, in standard"
                    + " deviations of the logit")
        double change,
    @Column(unit = "sd", meaning = "lower end of its 95 % interval over photos") double ciLow,
    @Column(unit = "sd", meaning = "upper end") double ciHigh) {
  public static final String FILE = "marks.csv";
  public static final Table<MarkRow> TABLE = Table.of(MarkRow.class, FILE);
}
