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
 * @param kernelHeight height of the kernel in pixels of its input; null, as are width, stride and
 *     paddings, for a layer without a kernel
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
    @Column(unit = "px") double firstCentreX) {
  public static final String FILE = "layers.csv";
  public static final Table<LayerRow> TABLE = Table.of(LayerRow.class);
}
