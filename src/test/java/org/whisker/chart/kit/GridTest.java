package org.whisker.chart.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

class GridTest {
  private static final Grid.Name NAME = new Grid.Name("a", "");

  private static Grid grid(Grid.Line... rows) {
    return new Grid("t", List.of(NAME, NAME), List.of(rows), List.of());
  }

  private static Swatch cell(Color color) {
    return Swatch.of(color, "", "", false, 60, 30);
  }

  @Test
  void cellsStandInRowsAndColumns() throws IOException {
    Grid grid =
        grid(
            new Grid.Line(NAME, List.of(cell(Color.RED), cell(Color.GREEN)), null),
            new Grid.Line(NAME, List.of(cell(Color.BLUE), cell(Color.RED)), null));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(grid.png(1).bytes()));
    int x = grid.width() - 50;
    assertEquals(Color.GREEN.getRGB(), image.getRGB(x, 74 + 15));
    assertEquals(Color.RED.getRGB(), image.getRGB(x - 68, 74 + 15));
    assertEquals(Color.BLUE.getRGB(), image.getRGB(x - 68, 74 + 38 + 15));
  }

  @Test
  void whatStandsAsideMakesRoom() {
    List<Swatch> cells = List.of(cell(Color.RED), cell(Color.RED));
    int without = grid(new Grid.Line(NAME, cells, null)).width();
    assertEquals(without + 60, grid(new Grid.Line(NAME, cells, cell(Color.RED))).width());
  }

  @Test
  void rowsHaveACellAColumn() {
    assertThrows(IllegalArgumentException.class, () -> grid());
    List<Swatch> one = List.of(cell(Color.RED));
    assertThrows(IllegalArgumentException.class, () -> grid(new Grid.Line(NAME, one, null)));
  }

  @Test
  void textIsReadOnAnyGround() {
    assertEquals(Color.BLACK, Ink.on(Color.WHITE));
    assertEquals(Color.WHITE, Ink.on(Color.BLACK));
    for (double t = 0; t <= 1; t += 0.1) {
      int rgb = ColorMap.LOGIT.rgb(t);
      double ground = HeatmapTest.luminance(rgb) + 0.05;
      double ink = HeatmapTest.luminance(Ink.on(new Color(rgb)).getRGB() & 0xffffff) + 0.05;
      assertTrue(Math.max(ground, ink) / Math.min(ground, ink) >= 4.4, "contrast at " + t);
    }
  }

  @Test
  void aPictureOfTwoGraysTakesABitAPixel() {
    Canvas canvas = new Canvas(3, 1);
    assertEquals(BufferedImage.TYPE_BYTE_BINARY, CellImage.of(BlackPixels.of(canvas, 1)).getType());
    GrayImage three = new GrayImage(canvas, new float[] {0, 0.5f, 1});
    BufferedImage image = CellImage.of(three);
    assertEquals(BufferedImage.TYPE_INT_RGB, image.getType());
    assertEquals(0xff808080, image.getRGB(1, 0));
  }

  @Test
  void aLegendBreaksItsLines() {
    List<Keys.Key> keys = Keys.ofSeries(List.of("first", "second", "third"));
    assertEquals(17, Keys.inLine(keys).height());
    assertEquals(34, new Keys(keys, Keys.inLine(keys).width() - 1).height());
    assertEquals(0, new Keys(List.of(), 100).height());
  }
}
