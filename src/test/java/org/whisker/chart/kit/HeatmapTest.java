package org.whisker.chart.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.chart.kit.Framed.Outline;
import org.whisker.chart.kit.HeatmapFigure.HeatmapRow;
import org.whisker.chart.kit.Picture.Png;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

public class HeatmapTest {
  private static final Canvas CANVAS = new Canvas(4, 3);
  private static final float[] RAMP = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, Float.NaN, 11};
  private static final Scale SCALE = new Scale(0, 11, "steps");

  private static BufferedImage read(Png png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png.bytes()));
  }

  private static HeatmapFigure ramp(Scale scale) {
    return HeatmapFigure.of("ramp", CANVAS, RAMP, scale, ColorMap.SEQUENTIAL).withZoom(20);
  }

  private static int cell(BufferedImage image, int x, int y) {
    return 0xffffff & image.getRGB(MapPanel.LEFT + 20 * x + 10, MapPanel.TOP + 20 * y + 10);
  }

  @Test
  void smallValuesShowTheirSignOnALogarithmicScale() {
    Scale linear = Scale.symmetric(4, "logit");
    Scale log = linear.symmetricLog();
    assertEquals(0.5, log.position(0));
    assertEquals(1, log.position(4), 1e-12);
    assertEquals(0, log.position(-4), 1e-12);
    assertEquals(1, log.position(0.3) + log.position(-0.3), 1e-12);
    assertTrue(log.position(0.04) > 0.55 && linear.position(0.04) < 0.51);
    assertTrue(log.label().contains("logarithmic"));
  }

  @Test
  void drawingLeavesTheSettingsOfTheProcessAsTheyWere() {
    boolean usual = ImageIO.getUseCache();
    try {
      ImageIO.setUseCache(true);
      assertTrue(ramp(SCALE).svg().text().contains("<image "));
      assertTrue(ImageIO.getUseCache());
    } finally {
      ImageIO.setUseCache(usual);
    }
  }

  @Test
  void cellsHaveTheScalesColours() throws IOException {
    HeatmapFigure figure = ramp(SCALE);
    BufferedImage image = read(figure.png(1));
    assertEquals(figure.width(), image.getWidth());
    assertEquals(figure.height(), image.getHeight());
    assertEquals(ColorMap.SEQUENTIAL.rgb(0), cell(image, 0, 0));
    assertEquals(ColorMap.SEQUENTIAL.rgb(6 / 11.0), cell(image, 2, 1));
    assertEquals(ColorMap.SEQUENTIAL.rgb(1), cell(image, 3, 2));
    int unknown = cell(image, 2, 2);
    assertEquals(unknown & 0xff, unknown >> 16, "NaN is gray");
    // crisp to the edge of a cell, at any zoom
    BufferedImage twice = read(figure.png(2));
    assertEquals(2 * figure.width(), twice.getWidth());
    int edge = 2 * (MapPanel.LEFT + 20);
    assertEquals(
        0xff000000 | ColorMap.SEQUENTIAL.rgb(0), twice.getRGB(edge - 1, 2 * MapPanel.TOP + 9));
    assertEquals(
        0xff000000 | ColorMap.SEQUENTIAL.rgb(1 / 11.0), twice.getRGB(edge, 2 * MapPanel.TOP + 9));
  }

  @Test
  void theBarRunsFromMinBelowToMaxAbove() throws IOException {
    HeatmapFigure figure = ramp(SCALE);
    BufferedImage image = read(figure.png(1));
    int x =
        figure.width() - new ColorBar(SCALE, ColorMap.SEQUENTIAL, 60).width() + ColorBar.BAR / 2;
    int bottom = MapPanel.TOP + 60 - 1;
    assertNear(ColorMap.SEQUENTIAL.rgb(1), image.getRGB(x, MapPanel.TOP));
    assertNear(ColorMap.SEQUENTIAL.rgb(0), image.getRGB(x, bottom));
  }

  private static void assertNear(int expected, int actual) {
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = (expected >> shift & 0xff) - (actual >> shift & 0xff);
      assertTrue(Math.abs(difference) <= 6, Integer.toHexString(actual));
    }
  }

  @Test
  void mapsSideBySideShareTheirScale() throws IOException {
    float[] half = new float[12];
    java.util.Arrays.fill(half, 5.5f);
    Scale scale = Scale.covering("steps", RAMP, half);
    assertEquals(SCALE, scale);
    HeatmapFigure right =
        HeatmapFigure.of("half", CANVAS, half, scale, ColorMap.SEQUENTIAL).withZoom(20);
    HeatmapRow row = new HeatmapRow(List.of(ramp(scale), right));
    BufferedImage image = read(row.png(1));
    assertEquals(ColorMap.SEQUENTIAL.rgb(0), cell(image, 0, 0));
    int x = ramp(scale).map().width() + 14 + MapPanel.LEFT + 10;
    assertEquals(0xff000000 | ColorMap.SEQUENTIAL.rgb(0.5), image.getRGB(x, MapPanel.TOP + 10));
    HeatmapFigure other = ramp(new Scale(0, 12, "steps"));
    assertThrows(IllegalArgumentException.class, () -> new HeatmapRow(List.of(right, other)));
  }

  @Test
  void outlinesLieOnTop() throws IOException {
    Outline outline = new Outline(BlackPixels.of(CANVAS, CANVAS.index(2, 1)));
    BufferedImage image = read(ramp(SCALE).withOverlays(List.of(outline)).png(2));
    int left = 2 * (MapPanel.LEFT + 40);
    int middle = 2 * (MapPanel.TOP + 30);
    assertEquals(0xff000000, image.getRGB(left, middle));
    assertEquals(0xff000000 | ColorMap.SEQUENTIAL.rgb(6 / 11.0), image.getRGB(left + 20, middle));
    assertEquals(0xff000000 | ColorMap.SEQUENTIAL.rgb(5 / 11.0), image.getRGB(left - 20, middle));
  }

  @Test
  void evolvedPixelsAreSquaresInAFrame() throws IOException {
    BlackPixels pixels = BlackPixels.of(CANVAS, CANVAS.index(3, 0));
    PictureFigure figure = new PictureFigure(pixels, List.of(), List.of("p(target) = 0.9"), 10);
    BufferedImage image = read(figure.png(1));
    assertEquals(0xff000000, image.getRGB(1 + 30, 1));
    assertEquals(0xff000000, image.getRGB(1 + 39, 1 + 9));
    assertEquals(0xffffffff, image.getRGB(1 + 29, 1));
    assertEquals(0xffffffff, image.getRGB(1 + 35, 1 + 10));
    assertEquals(Ink.FRAME.getRGB(), image.getRGB(0, 15));
  }

  @Test
  void signedMapsAreCentredOnZero() {
    Scale scale = Scale.symmetricCovering("logit", new float[] {-3, Float.NaN, 1});
    assertEquals(new Scale(-3, 3, "logit"), scale);
    assertThrows(
        IllegalArgumentException.class,
        () -> HeatmapFigure.of("t", CANVAS, RAMP, SCALE, ColorMap.LOGIT));
    assertThrows(IllegalArgumentException.class, () -> new Scale(Double.NaN, 1, ""));
    assertThrows(IllegalArgumentException.class, () -> Scale.covering("", new float[] {Float.NaN}));
  }

  @Test
  void theColoursAreWhatTheyClaim() {
    assertNear(0x440154, ColorMap.SEQUENTIAL.rgb(0));
    assertNear(0x21918c, ColorMap.SEQUENTIAL.rgb(0.5));
    assertNear(0xfde725, ColorMap.SEQUENTIAL.rgb(1));
    int middle = ColorMap.LOGIT.rgb(0.5);
    assertTrue((middle & 0xff) > 240 && (middle >> 16) > 240);
    int red = ColorMap.LOGIT.rgb(0);
    int blue = ColorMap.LOGIT.rgb(1);
    assertEquals(red, ColorMap.P_TARGET.rgb(1), "red is for cat");
    assertTrue((blue & 0xff) > 2 * (blue >> 16));
    assertTrue((red >> 16) > 2 * (red & 0xff));
    assertEquals(luminance(blue), luminance(red), 0.03);
  }

  @ParameterizedTest
  @EnumSource(ColorMap.class)
  void lightnessGoesOneWayFromTheMiddleOrTheStart(ColorMap map) {
    double start = map == ColorMap.SEQUENTIAL || map == ColorMap.MAGNITUDE ? 0 : 0.5;
    double sign = map == ColorMap.SEQUENTIAL ? 1 : -1;
    for (double t = start; t < 0.99; t += 0.02) {
      double step = luminance(map.rgb(t + 0.02)) - luminance(map.rgb(t));
      assertTrue(sign * step > -0.002, map + " at " + t);
    }
    assertThrows(IllegalArgumentException.class, () -> map.rgb(Double.NaN));
  }

  /** Blue and red are the logit's, also for eyes that see no red (Viénot et al. 1999). */
  @Test
  void ratiosAndMagnitudesHaveOtherColours() {
    for (ColorMap map : List.of(ColorMap.RATIO, ColorMap.MAGNITUDE, ColorMap.SEQUENTIAL)) {
      for (double t : new double[] {0, 1}) {
        int rgb = map.rgb(t);
        int red = rgb >> 16;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        assertTrue(red < 2.2 * Math.max(green, blue), map + " at " + t + " is no red");
        assertTrue(blue < 2 * red || green > red, map + " at " + t + " is no blue");
      }
    }
    int purple = ColorMap.RATIO.rgb(0);
    int green = ColorMap.RATIO.rgb(1);
    assertEquals(luminance(purple), luminance(green), 0.05);
    assertTrue((purple & 0xff) > 3 * (green & 0xff), "without red, one is blue, one yellow");
  }

  @Test
  void squareRootsLiftWhatAHotSpotFlattens() {
    Scale scale = new Scale(0, 100, "density").squareRoot();
    assertEquals(0.1, scale.position(1), 1e-12);
    assertEquals(1, scale.position(100), 1e-12);
    assertEquals(0, scale.position(0), 1e-12);
    assertEquals("density, square-root scale", scale.label());
    assertEquals("density", scale.unit()); // what is shown under the pointer is no root
  }

  @Test
  void aSingleValueHasABarOfOneColour() throws IOException {
    Scale scale = Scale.covering("windows", new float[] {7, 7, Float.NaN});
    assertEquals(Scale.Shape.SINGLE, scale.shape());
    assertEquals(0.5, scale.position(7), 1e-12);
    BufferedImage image = read(ColorBar.bare(scale, ColorMap.MAGNITUDE, 60).png(1));
    int colour = 0xff000000 | ColorMap.MAGNITUDE.rgb(0.5);
    assertEquals(colour, image.getRGB(ColorBar.BAR / 2, 5));
    assertEquals(colour, image.getRGB(ColorBar.BAR / 2, 55));
  }

  public static double luminance(int rgb) {
    double[] weights = {0.0722, 0.7152, 0.2126};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double v = ((rgb >> (8 * i)) & 0xff) / 255.0;
      sum += weights[i] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
