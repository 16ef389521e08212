package org.whisker.saliency.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.saliency.LayerProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code layers.csv}: a ring of a layer's spatial grid, the outermost first, averaged over
 * all of the layer's channels.
 */
public record LayerRow(
    String layer,
    @Column(meaning = "smallest edge rank in the grid, 0 at its border") double uFrom,
    @Column(meaning = "largest edge rank in the grid") double uTo,
    @Column(meaning = "smallest distance to the grid's border, in units of the grid") int pxNearest,
    @Column(meaning = "largest distance to the grid's border, in units of the grid") int pxFarthest,
    @Column(meaning = "number of grid positions in the ring") int places,
    @Column(meaning = "mean absolute output of the layer") double meanActivation,
    @Column(
            unit = "squared logit per activation",
            meaning = "mean squared derivative of the logit with respect to the output")
        double meanEnergy,
    @Column(
            meaning =
                "mean activation relative to the mean of the layer; empty for a layer "
                    + "of zeros")
        OptionalDouble relativeActivation,
    @Column(
            meaning =
                "energy of the layer relative to the largest; empty when the gradient is zero")
        OptionalDouble relativeEnergy) {
  /** The table of these rows. */
  public static final Table<LayerRow> TABLE = Table.of(LayerRow.class);

  /** Its file in an image's folder. */
  public static Path file(Path folder) {
    return folder.resolve("layers.csv");
  }

  /** The rows of these layers. */
  public static List<LayerRow> of(List<LayerProfile> layers) {
    List<LayerRow> rows = new ArrayList<>();
    for (LayerProfile layer : layers) {
      layer.bins().forEach(bin -> rows.add(of(layer.layer(), bin)));
    }
    return rows;
  }

  private static LayerRow of(String layer, LayerProfile.Bin bin) {
    EdgeBin where = bin.where();
    return new LayerRow(
        layer,
        where.from(),
        where.to(),
        where.nearest(),
        where.farthest(),
        where.pixels(),
        bin.activation(),
        bin.energy(),
        bin.relativeActivation(),
        bin.relativeEnergy());
  }
}
