package org.whisker.table.model;

import org.jspecify.annotations.Nullable;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code layers.csv} of a network: a layer, its output and the receptive field of its
 * units. Fields are in pixels of the image; coordinate 0 is the centre of its first pixel.
 *
 * @param kind such as {@code conv} or {@code batch norm}
 * @param inputs names of its input layers, separated by spaces
 * @param kernelHeight number of values that the kernel reads below each other; null, as are width,
 *     stride, dilation and paddings, for a layer without a kernel
 * @param stride distance between outputs of adjacent rows; {@code strideX} for columns
 * @param padRows rows added above; {@code padBottom} below
 * @param padColumns columns added on the left; {@code padRight} on the right
 * @param channels number of channels of its output; height and width are also those of the output
 * @param parameters number of trained parameters
 * @param multiplyAdds number of multiply-adds per image
 * @param fieldHeight number of rows that a unit depends on
 * @param fieldWidth number of columns that a unit depends on
 * @param jumpY distance between the field centres of vertically adjacent units; null for one row
 * @param jumpX distance between the field centres of horizontally adjacent units; null for one
 *     column
 * @param firstCentreY row of the field centre of the first unit
 * @param firstCentreX column of the field centre of the first unit
 * @param dilationY distance between values that the kernel reads; 1 if adjacent
 * @param groups of channels that are convolved apart; null for all but convolutions
 */
public record LayerRow(
    String layer,
    String kind,
    String inputs,
    @Nullable Integer kernelHeight,
    @Nullable Integer kernelWidth,
    @Nullable Integer stride,
    @Nullable Integer padRows,
    @Nullable Integer padColumns,
    int channels,
    int height,
    int width,
    long parameters,
    long multiplyAdds,
    @Column(unit = "px") int fieldHeight,
    @Column(unit = "px") int fieldWidth,
    @Column(unit = "px") @Nullable Double jumpY,
    @Column(unit = "px") @Nullable Double jumpX,
    @Column(unit = "px") double firstCentreY,
    @Column(unit = "px") double firstCentreX,
    @Nullable Integer strideX,
    @Nullable Integer dilationY,
    @Nullable Integer dilationX,
    @Nullable Integer padBottom,
    @Nullable Integer padRight,
    @Nullable Integer groups) {
  public static final String FILE = "layers.csv";
  public static final Table<LayerRow> TABLE = Table.of(LayerRow.class);
}
