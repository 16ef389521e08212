package org.whisker.table.model;

import java.util.OptionalDouble;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code calibration.csv}: the photos whose p(cat) lies in one of ten bins of equal width.
 *
 * @param pCatFrom lower bound of the bin
 * @param pCatTo upper bound of the bin
 * @param photos number of photos in the bin
 * @param cats number of cats among them
 * @param meanPCat mean p(cat) of the bin's photos; empty without a photo
 * @param catFraction share of cats among them; empty without a photo
 */
public record CalibrationRow(
    @Column(unit = "probability") double pCatFrom,
    @Column(unit = "probability") double pCatTo,
    int photos,
    int cats,
    @Column(value = "mean_p_cat", unit = "probability") OptionalDouble meanPCat,
    @Column(unit = "share") OptionalDouble catFraction) {
  public static final String FILE = "calibration.csv";
  public static final Table<CalibrationRow> TABLE = Table.of(CalibrationRow.class);
}
