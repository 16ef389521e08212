package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.models.LayerTables.FoveationTables;
import org.whisker.image.Canvas;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.io.Manifest;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;

class FoveationChartTest {
  private static final Canvas CANVAS = new Canvas(32, 30);
  @TempDir Path folder;

  /** Twice as many paths in the middle as on the border. */
  private static double[] rising() {
    double[] map = new double[CANVAS.pixels()];
    Arrays.setAll(map, i -> 0.7 + CANVAS.borderDistance(i) / 14.0);
    return map;
  }

  private static double[] even() {
    double[] map = new double[CANVAS.pixels()];
    Arrays.fill(map, 1);
    return map;
  }

  private void write(Map<String, double[]> maps) throws IOException {
    FoveationTables.of(CANVAS, maps).write(folder);
    Manifest.write(folder, Map.of("network", "net", "layer", "to layer"));
    FolderCharts.draw(folder);
  }

  private static Drawing figure(Map<String, double[]> maps) {
    return new FoveationChart.FoveationFigure("net to layer", FoveationTables.of(CANVAS, maps))
        .all();
  }

  private static Map<String, double[]> maps() {
    Map<String, double[]> maps = new LinkedHashMap<>();
    maps.put("zero", rising());
    maps.put("replicate", even());
    maps.put("circular", even());
    return maps;
  }

  private static int count(BufferedImage image, int rgb) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void writesBinsRingsPixelsAndMaps() throws IOException {
    write(maps());
    CsvTable bins = Csv.read(folder.resolve("foveation.csv"));
    assertEquals(
        List.of(
            "u_from",
            "u_to",
            "px_nearest",
            "px_farthest",
            "pixels",
            "zero",
            "replicate",
            "circular"),
        bins.header());
    List<String> border = bins.rows().get(0);
    assertEquals(List.of("0", "0.1", "0", "0", "120"), border.subList(0, 5));
    assertEquals(0.7, Double.parseDouble(border.get(5)), 1e-12);
    assertEquals(List.of("1", "1"), border.subList(6, 8));
    CsvTable rings = Csv.read(folder.resolve("foveation_rings.csv"));
    assertEquals(
        List.of("px_from_border", "u", "pixels", "zero", "replicate", "circular"), rings.header());
    assertEquals(15, rings.rows().size());
    assertEquals(1.7, Double.parseDouble(rings.rows().get(14).get(3)), 1e-12);
    CsvTable pixels = Csv.read(folder.resolve("foveation_map.csv"));
    assertEquals(CANVAS.pixels(), pixels.rows().size());
    assertEquals(List.of("31", "29", "0.7", "1", "1"), pixels.rows().get(CANVAS.pixels() - 1));
    NpyArray npy = Npy.read(folder.resolve("foveation_zero.npy"));
    assertEquals(30, npy.rows());
    assertArrayEquals(rising(), npy.values());
    for (String name : List.of("foveation", "foveation_zero", "foveation_circular")) {
      assertTrue(Files.size(folder.resolve(name + ".png")) > 2000, name);
    }
  }

  /** The same value has the same colour in every map, and 0 is where the scale begins. */
  @Test
  void mapsShareAScaleFromZero() throws IOException {
    write(maps());
    BufferedImage image = ImageIO.read(folder.resolve("foveation_replicate.png").toFile());
    int one = 0xff000000 | ColorMap.SEQUENTIAL.rgb(1 / 1.7f);
    int cells = CANVAS.pixels() * 12 * 12 * 4;
    assertTrue(count(image, one) >= cells, "all cells have the colour of 1 on 0 to 1.7");
  }

  @Test
  void paddingsOfOneProfileShareALine() throws IOException {
    Map<String, double[]> alone = maps();
    alone.remove("circular");
    BufferedImage three = read(figure(maps()));
    BufferedImage two = read(figure(alone));
    assertTrue(count(two, Ink.series(1).getRGB()) > 100, "replicate has a line");
    assertEquals(0, count(three, Ink.series(2).getRGB()), "circular has none of its own");
    assertTrue(three.getWidth() > two.getWidth(), "but a map");
  }

  @Test
  void tablesAreReadAsTheyWereWritten() throws IOException {
    FoveationTables written = FoveationTables.of(CANVAS, maps());
    written.write(folder);
    FoveationTables read = FoveationTables.read(folder);
    assertEquals(CANVAS, read.canvas());
    assertEquals(List.of("zero", "replicate", "circular"), List.copyOf(read.maps().keySet()));
    assertArrayEquals(rising(), read.maps().get("zero"));
    assertArrayEquals(written.edgeRank(), read.edgeRank());
    assertArrayEquals(written.profiles().get("zero"), read.profiles().get("zero"));
    assertTrue(Files.notExists(folder.resolve("foveation.png")), "tables draw nothing");
  }

  private static BufferedImage read(Drawing drawing) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(drawing.png(1).bytes()));
  }
}
