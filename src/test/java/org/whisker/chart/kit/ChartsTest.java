package org.whisker.chart.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Picture.Png;
import org.whisker.chart.kit.Picture.Svg;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.chart.kit.matrix.ConfusionPlot;

class ChartsTest {
  private static BufferedImage read(Png png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png.bytes()));
  }

  private static int count(BufferedImage image, Color color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lines", "profile", "strip", "training", "calibration", "roc", "confusion"})
  void chartsAreDrawnAtTheirSizeAsPngAndSvg(String name) throws IOException {
    Drawing chart = SampleFigures.chart(name);
    BufferedImage image = read(chart.png(2));
    assertEquals(2 * chart.width(), image.getWidth());
    assertEquals(2 * chart.height(), image.getHeight());
    assertTrue(count(image, Ink.TEXT) > 50, "text is set in the text colour");
    if (!name.equals("confusion")) {
      assertTrue(count(image, Ink.series(0)) > 20, "the first series is there");
    }
    String svg = SampleFigures.chart(name).svg().text();
    assertTrue(svg.contains("viewBox=\"0 0 " + chart.width() + " " + chart.height() + "\""));
    assertTrue(svg.contains("var(--fig-text,"));
    assertTrue(
        svg.equals(SampleFigures.chart(name).svg().text()), "the same drawing, the same text");
  }

  @Test
  void aBandIsDrawnAroundItsLine() {
    String svg = SampleFigures.chart("lines").svg().text();
    assertTrue(svg.contains("fill-opacity:0.19"), "the interval, faint");
  }

  @Test
  void confusionIsShadedByShareOfTheRow() throws IOException {
    Drawing all =
        new ConfusionPlot("t", List.of("cat", "not"), List.of(List.of(9L, 1L), List.of(0L, 0L)));
    BufferedImage image = read(all.png(1));
    int right = image.getRGB(image.getWidth() - 20, 80);
    int left = image.getRGB(image.getWidth() - 20 - 96, 80);
    assertTrue(HeatmapTest.luminance(left & 0xffffff) < HeatmapTest.luminance(right & 0xffffff));
    assertNotEquals(0xffffffff, right);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConfusionPlot("t", List.of("cat"), List.of(List.of(9L, 1L))));
  }

  @Test
  void valuesAreChecked() {
    double[] one = {1};
    double[] two = {1, 2};
    assertThrows(IllegalArgumentException.class, () -> new Line("a", one, two));
    assertThrows(IllegalArgumentException.class, () -> new Line("a", two, two, new Band(one, one)));
    assertThrows(IllegalArgumentException.class, () -> new Band(one, new double[] {Double.NaN}));
    assertThrows(IllegalArgumentException.class, () -> new Arm("a", one, 1, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> new Arm("a", new double[0], 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Charts.shares("t", "x", "y", List.of()));
  }

  @Test
  void ticksAreRound() {
    assertEquals(List.of("0", "5", "10"), labels(-0.4, 12, 3));
    assertEquals(List.of("−0.2", "−0.1", "0.0", "0.1", "0.2"), labels(-0.2, 0.2, 5));
    assertEquals(List.of("1E−7", "2E−7", "3E−7", "4E−7", "5E−7"), labels(1e-7, 5e-7, 3));
    assertEquals(16, Ticks.pixelStep(128));
  }

  private static List<String> labels(double min, double max, int count) {
    List<BigDecimal> ticks = Ticks.between(min, max, count);
    return ticks.stream().map(Ticks::label).toList();
  }

  @Test
  void onlyHarmlessSvgIsTaken() {
    assertEquals("<svg></svg>", new Svg("<svg></svg>").text());
    for (String bad :
        List.of(
            "<svg><script>1</script></svg>",
            "<svg onload=\"x()\"></svg>",
            "<svg><image href=\"https://example.org/x.png\"/></svg>",
            "<svg><rect style=\"fill:url(https://example.org/x)\"/></svg>",
            "<svg><a href=\"javascript:x()\"/></svg>",
            "<svg><style>a{}</style></svg>",
            "<div></div>",
            "<svg>")) {
      assertThrows(IllegalArgumentException.class, () -> new Svg(bad), bad);
    }
  }

  @Test
  void textInADrawingIsNoMarkup() {
    Drawing chart =
        Charts.shares(
            "<script>alert(1)</script>", "x", "y", List.of(SampleFigures.line("a", 5, 1, 1)));
    assertFalse(chart.svg().text().contains("<script"));
  }

  /** HTML ends comments and CDATA earlier than XML, and would read what follows as its own. */
  @Test
  void whatHtmlReadsInAnotherWayIsRefused() {
    for (String bad :
        List.of(
            "<svg><!--> <meta http-equiv='refresh' content='0;url=//example.org'/> --></svg>",
            "<svg><title><![CDATA[x><meta http-equiv='refresh'>]]></title></svg>",
            "<svg><?x><b>?></svg>",
            "<svg></svg><!--> <b> -->",
            "<svg><desc><image/></desc></svg>",
            "<svg><rect style=\"x} body{display:none} y{\"/></svg>",
            "<svg><rect style=\"x:u\\72l(//example.org)\"/></svg>",
            "<svg><rect style=\"url(#a);fill:url(//example.org)\"/></svg>",
            "<svg><rect fill=\"URL(//example.org)\"/></svg>",
            "<svg><rect fill=\"u\\72l(//example.org)\"/></svg>")) {
      assertThrows(IllegalArgumentException.class, () -> new Svg(bad), bad);
    }
  }

  /**
   * Pictures within a drawing need no temporary file, which a process that is killed would leave.
   */
  @Test
  void drawsWithoutTemporaryFiles(@TempDir Path folder) throws IOException {
    File usual = ImageIO.getCacheDirectory();
    Path gone = Files.createDirectory(folder.resolve("gone"));
    ImageIO.setCacheDirectory(gone.toFile());
    Files.delete(gone);
    try {
      String svg = SampleFigures.density().svg().text();
      assertTrue(svg.contains("<image "), "a map is a picture");
      assertFalse(svg.contains("xlink:href=\"\""), "which is there");
    } finally {
      ImageIO.setCacheDirectory(usual);
    }
  }
}
