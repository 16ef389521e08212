package org.whisker.feature.models;

import java.util.List;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.table.Column;
import org.whisker.table.Table;

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
                "cumulative share of the sum of |gradient| up to and including this " + "distance")
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
                new FieldRingRow(weights, ring.radius(), ring.pixels(), ring.mean(), ring.within()))
        .toList();
  }
}
