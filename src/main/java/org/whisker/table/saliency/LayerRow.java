package org.whisker.table.saliency;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBin;
import org.whisker.saliency.LayerProfile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code layers.csv}: a ring of a layer's own grid, the outermost first, over all of the
 * layer's channels.
 *
 * @param uFrom least edge rank in the grid, 0 at its border
 * @param uTo greatest edge rank in the grid
 * @param pxNearest least distance to the grid's border, in places of the grid
 * @param pxFarthest greatest distance to it
 * @param places how many places of the grid the ring has
 * @param meanActivation mean of |output|
 * @param meanEnergy mean of the squared derivative of the logit by the output
 * @param relativeActivation over the mean of the layer; empty for a layer of zeros
 * @param relativeEnergy likewise; empty where no gradient arrives
 */
public record LayerRow(
    String layer,
    double uFrom,
    double uTo,
    int pxNearest,
    int pxFarthest,
    int places,
    double meanActivation,
    @Column(unit = "squared logit per activation") double meanEnergy,
    OptionalDouble relativeActivation,
    OptionalDouble relativeEnergy) {
  /** The table. */
  public static final Table<LayerRow> TABLE = Table.of(LayerRow.class);

  /** Its file in a picture's folder. */
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
