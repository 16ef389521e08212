package org.whisker.feature.models;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The tables of layers and of receptive fields that {@code network} writes. */
public final class NetworkTables {
  private NetworkTables() {}

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
      @Column(unit = "px", meaning = "row of the field centre of the first unit")
          double firstCentreY,
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

  /**
   * A row of {@code receptive_field.csv}: the pixels at one distance from the centre of a unit's
   * theoretical receptive field.
   */
  public record FieldRingRow(
      @Column(meaning = "weights of the network: trained or untrained") String weights,
      @Column(unit = "px", meaning = "distance from the centre in pixels, rounded") int radius,
      @Column(meaning = "number of pixels at that distance") int pixels,
      @Column(
              unit = "1/gray",
              meaning = "mean over these pixels and over images of |d(unit)/d(gray)|")
          double meanAbsGradient,
      @Column(
              unit = "share",
              meaning =
                  "cumulative share of the sum of |gradient| up to and including this "
                      + "distance")
          double within) {
    public static final String FILE = "receptive_field.csv";
    public static final Table<FieldRingRow> TABLE = Table.of(FieldRingRow.class, FILE);

    /**
     * Path, without extension, of the map of the network with these weights, see {@code MapFiles}.
     */
    public static String mapStem(String weights) {
      return "receptive_field_" + weights;
    }

    /** One row per distance, from the centre outwards. */
    public static List<FieldRingRow> of(String weights, EffectiveReceptiveField field) {
      return field.profile().stream()
          .map(
              ring ->
                  new FieldRingRow(
                      weights, ring.radius(), ring.pixels(), ring.mean(), ring.within()))
          .toList();
    }
  }
}
