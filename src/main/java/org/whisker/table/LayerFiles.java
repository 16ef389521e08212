package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.chart.LayerStrips;
import org.whisker.image.EdgeBin;
import org.whisker.io.CsvWriter;
import org.whisker.saliency.LayerProfile;

/** Where in a network the border starts to matter, as a table and a chart. */
public final class LayerFiles {
  private static final List<String> HEADER =
      List.of(
          "layer",
          "u_from",
          "u_to",
          "px_nearest",
          "px_farthest",
          "places",
          "mean_activation",
          "mean_energy",
          "relative_activation",
          "relative_energy");

  private LayerFiles() {}

  /**
   * Writes {@code layers.csv}, in the layers' own pixels, and {@code layers.png}: each layer from
   * its border inwards.
   *
   * @param name of the picture
   */
  public static void write(Path folder, String name, List<LayerProfile> layers) throws IOException {
    try (CsvWriter csv = CsvWriter.create(folder.resolve("layers.csv"), HEADER)) {
      for (LayerProfile layer : layers) {
        for (LayerProfile.Bin bin : layer.bins()) {
          EdgeBin where = bin.where();
          csv.row(
              layer.layer(),
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
      csv.finish();
    }
    new LayerStrips(name + ": layers from their border inwards", layers)
        .writePng(folder.resolve("layers.png"));
  }
}
