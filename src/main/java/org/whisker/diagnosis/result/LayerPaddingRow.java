package org.whisker.diagnosis.result;

import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: what the padding of a layer does, on all sides or on one. */
public record LayerPaddingRow(
    @Column(meaning = "name of the layer; all for every padded layer") String layer,
    @Column(meaning = "the side of the map whose padding is swapped; all for every side")
        String side,
    @Column(
            meaning =
                "what the values beyond the border are: zero, reflect, replicate; none where a"
                    + " pooling leaves them out")
        String values,
    @Column(unit = "px", meaning = "rows or columns added before the map, in pixels of the map")
        int before,
    @Column(unit = "px", meaning = "rows or columns added behind it") int after,
    @Column(
            unit = "sd",
            meaning =
                "systematic change of the contributions of the last feature map by this padding,"
                    + " in their standard deviations over pictures")
        double effect,
    @Column(unit = "sd", meaning = "lower end of its 95 % interval over pictures") double ciLow,
    @Column(unit = "sd", meaning = "upper end") double ciHigh) {
  public static final String FILE = "layers.csv";
  public static final Table<LayerPaddingRow> TABLE = Table.of(LayerPaddingRow.class, FILE);

  /** In place of a layer: all of them. */
  public static final String ALL = "all layers";

  /** In place of a side: all of them. */
  public static final String ALL_SIDES = "all";
}
