package org.whisker.saliency.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.saliency.SaliencyCharts;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.result.SaliencyFiles.LayerRow;

class LayerRowTest {
  @TempDir Path folder;

  private static LayerProfile layer(String name, int side, boolean energy) {
    List<LayerProfile.Bin> bins = new ArrayList<>();
    for (EdgeBin bin : new EdgeBins(Canvas.square(side), 4).bins()) {
      double value = bins.size() + 1.0;
      bins.add(
          new LayerProfile.Bin(
              bin,
              value,
              energy ? value : 0,
              OptionalDouble.of(value / 2),
              energy ? OptionalDouble.of(value) : OptionalDouble.empty()));
    }
    return new LayerProfile(name, new FeatureShape(3, side, side), bins, 2, energy ? 1 : 0);
  }

  @Test
  void eachLayerHasItsOwnRings() throws IOException {
    List<LayerProfile> layers =
        List.of(layer("wide", 16, true), layer("narrow", 1, true), layer("dead", 8, false));
    LayerRow.TABLE.write(LayerRow.file(folder), LayerRow.of(layers));
    List<CsvRow> rows = Csv.rows(folder.resolve("layers.csv"));
    int bins = layers.stream().mapToInt(each -> each.bins().size()).sum();
    assertEquals(bins, rows.size());
    CsvRow last = rows.get(bins - 1);
    assertEquals("dead", last.text("layer"));
    assertEquals("", last.text("relative_energy"));
    assertEquals(0, last.number("mean_energy"));
    assertTrue(last.number("mean_activation") > 0);
    byte[] strips =
        SaliencyCharts.LayerStrips.of(
                "a picture: layers", LayerRow.TABLE.read(LayerRow.file(folder)))
            .png(2)
            .bytes();
    assertTrue(strips.length > 1000);
    assertEquals(
        "layer,u_from,u_to,px_nearest,px_farthest,places,mean_activation,mean_energy,"
            + "relative_activation,relative_energy",
        String.join(",", LayerRow.TABLE.header()));
  }
}
