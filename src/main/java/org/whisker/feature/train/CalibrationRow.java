package org.whisker.feature.train;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code calibration.csv}: the photos whose p(cat) lies in one of ten bins of equal width.
 */
public record CalibrationRow(
    @Column(unit = "probability", meaning = "lower bound of the bin") double pCatFrom,
    @Column(unit = "probability", meaning = "upper bound of the bin") double pCatTo,
    @Column(meaning = "number of photos in the bin") int photos,
    @Column(meaning = "number of cats among them") int cats,
    @Column(
            value = "mean_p_cat",
            unit = "probability",
            meaning = "mean p(cat) of the bin's photos; empty without a photo")
        OptionalDouble meanPCat,
    @Column(unit = "share", meaning = "share of cats among them; empty without a photo")
        OptionalDouble catFraction) {
  public static final String FILE = "calibration.csv";
  public static final Table<CalibrationRow> TABLE = Table.of(CalibrationRow.class, FILE);
}
