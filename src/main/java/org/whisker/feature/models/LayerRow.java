package org.whisker.feature.models;

import org.jspecify.annotations.Nullable;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code layers.csv} of a network: a layer, its output and the receptive field of its
 * units. Fields are in pixels of the image; coordinate 0 is the centre of its first pixel.
 */
public record LayerRow(
    String layer,
    @Column(meaning = "such as conv or batch norm") String kind,
    @Column(meaning = "names of its input layers, separated by spaces") String inputs,
    @Column(
            meaning =
                "number of values that the kernel reads below each other; null, as "
                    + "are width, stride, dilation and paddings, for a layer without a "
                    + "kernel")
        @Nullable Integer kernelHeight,
    @Nullable Integer kernelWidth,
    @Column(meaning = "distance between outputs of adjacent rows; strideX for columns")
        @Nullable Integer stride,
    @Column(meaning = "rows added above; pad_bottom below") @Nullable Integer padRows,
    @Column(meaning = "columns added on the left; pad_right on the right")
        @Nullable Integer padColumns,
    @Column(
            meaning =
                "number of channels of its output; height and width are also those of "
                    + "the output")
        int channels,
    int height,
    int width,
    @Column(meaning = "number of trained parameters") long parameters,
    @Column(meaning = "number of multiply-adds per image") long multiplyAdds,
    @Column(unit = "px", meaning = "number of rows that a unit depends on") int fieldHeight,
    @Column(unit = "px", meaning = "number of columns that a unit depends on") int fieldWidth,
    @Column(
            unit = "px",
            meaning =
                "distance between the field centres of vertically adjacent units; "
                    + "null for one row")
        @Nullable Double jumpY,
    @Column(
            unit = "px",
            meaning =
                "distance between the field centres of horizontally adjacent units; "
                    + "null for one column")
        @Nullable Double jumpX,
    @Column(unit = "px", meaning = "row of the field centre of the first unit") double firstCentreY,
    @Column(unit = "px", meaning = "column of the field centre of the first unit")
        double firstCentreX,
    @Nullable Integer strideX,
    @Column(meaning = "distance between values that the kernel reads; 1 if adjacent")
        @Nullable Integer dilationY,
    @Nullable Integer dilationX,
    @Nullable Integer padBottom,
    @Nullable Integer padRight,
    @Column(
            meaning =
                "groups of channels that are convolved apart; null for all but " + "convolutions")
        @Nullable Integer groups) {
  public static final String FILE = "layers.csv";
  public static final Table<LayerRow> TABLE = Table.of(LayerRow.class, FILE);
}
