package org.whisker.diagnosis.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: what it costs to hide a block of a picture, by its place. */
public record PlaceRow(
    @Column(unit = "px", meaning = "first column of the block, from 0") int left,
    @Column(unit = "px", meaning = "first row of the block, from 0") int top,
    @Column(unit = "px", meaning = "number of columns") int width,
    @Column(unit = "px", meaning = "number of rows") int height,
    @Column(
            unit = "logit",
            meaning =
                "mean change of the logit of not-cat when the block is painted in the mean of its"
                    + " picture, less the mean over all blocks; pictures are rolled at random, so"
                    + " that no place has a content of its own")
        double change,
    @Column(unit = "logit", meaning = "lower end of its 95 % interval over pictures") double ciLow,
    @Column(unit = "logit", meaning = "upper end") double ciHigh) {
  public static final String FILE = "places.csv";
  public static final Table<PlaceRow> TABLE = Table.of(PlaceRow.class, FILE);
}
