package org.whisker.chart.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.SampleFigures;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.ChartFormat;

class ChartFilesTest {
  private static final String MANIFEST =
      """
      {"format": 1, "command": "evolve", "created": "2026-11-27T05:33:29Z", "seed": 7,
       "model": {"name": "tiny", "sha256": "0123456789abcdef0123"},
       "versions": {"whisker": "9.8"},
       "arguments": ["/home/someone/cat & dog.png", "--model=tiny", "--mask=C:\\\\me\\\\m.png"]}
      """;
  private static final String COMMAND = "whisker evolve 'cat & dog.png' --model=tiny --mask=m.png";

  @TempDir Path folder;
  private Path below = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    Files.writeString(folder.resolve("manifest.json"), MANIFEST);
    below = Files.createDirectories(folder.resolve("runs/1"));
  }

  private static ChartRequest all(double millimetres) {
    return new ChartRequest(
        List.of(ChartFormat.values()),
        millimetres == 0 ? OptionalDouble.empty() : OptionalDouble.of(millimetres));
  }

  private byte[] file(double millimetres, String end) throws IOException {
    ChartFiles.of(below).with(all(millimetres)).write(below, "a", chart());
    return Files.readAllBytes(below.resolve("a." + end));
  }

  /** Drawn anew each time, since charts are. */
  private static Drawing chart() {
    return SampleFigures.chart("lines");
  }

  @Test
  void eachFormatNamesWhatMadeIt() throws IOException {
    String png = new String(file(0, "png"), StandardCharsets.UTF_8);
    assertTrue(png.contains("Command\0\0\0\0\0" + COMMAND), "iTXt");
    assertTrue(png.contains("Seed\0\0\0\0\0" + "7"), "iTXt");
    String svg = new String(file(0, "svg"), StandardCharsets.UTF_8);
    assertTrue(svg.contains("<dc:source>" + COMMAND.replace("&", "&amp;") + "</dc:source>"), svg);
    assertTrue(svg.contains("<dc:identifier>seed 7</dc:identifier>"));
    assertTrue(svg.contains("<dc:subject>tiny 0123456789ab</dc:subject>"));
    try (PDDocument pdf = Loader.loadPDF(file(0, "pdf"))) {
      assertEquals("whisker 9.8", pdf.getDocumentInformation().getCreator());
      assertEquals(COMMAND, pdf.getDocumentInformation().getSubject());
      assertEquals("7", pdf.getDocumentInformation().getCustomMetadataValue("Seed"));
    }
  }

  @Test
  void theSameManifestMakesTheSameBytes() throws IOException {
    for (ChartFormat format : ChartFormat.values()) {
      for (double width : new double[] {0, 85}) {
        byte[] once = file(width, format.extension());
        assertArrayEquals(once, file(width, format.extension()), format + " " + width);
        String text = new String(once, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("2026"), "a time in " + format);
        assertFalse(text.contains("someone"), "a folder in " + format);
      }
    }
  }

  @Test
  void aPdfHasItsTextAsTextInAnEmbeddedFont() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(file(0, "pdf"))) {
      String text = new PDFTextStripper().getText(pdf);
      for (String part :
          List.of(
              "Best p(target) over the generations",
              "generation",
              "inception-resnet-v2-mini",
              "0.2",
              "0.8")) {
        assertTrue(text.contains(part), text);
      }
      assertEquals(1, embedded(pdf.getPage(0).getResources()));
    }
  }

  private static int embedded(PDResources resources) throws IOException {
    int fonts = 0;
    for (COSName name : resources.getFontNames()) {
      PDFont font = resources.getFont(name);
      assertTrue(font.isEmbedded(), font.getName());
      fonts++;
    }
    for (COSName name : resources.getXObjectNames()) {
      if (resources.getXObject(name) instanceof PDFormXObject form) {
        fonts += embedded(form.getResources());
      }
    }
    return fonts;
  }

  @Test
  void inPrintAllHaveTheWidthOfTheColumn() throws IOException {
    String svg = new String(file(85, "svg"), StandardCharsets.UTF_8);
    assertTrue(svg.startsWith("<svg width=\"85.00mm\" height=\""), svg.substring(0, 80));
    byte[] png = file(85, "png");
    assertEquals(85 / 25.4 * 600, ByteBuffer.wrap(png).getInt(16), 1);
    assertTrue(new String(png, StandardCharsets.ISO_8859_1).contains("pHYs"));
    try (PDDocument pdf = Loader.loadPDF(file(85, "pdf"))) {
      PDPage page = pdf.getPage(0);
      assertEquals(85 / 25.4 * 72, page.getMediaBox().getWidth(), 0.1);
    }
  }

  @Test
  void withoutAManifestNothingIsSaid() throws IOException {
    Files.delete(folder.resolve("manifest.json"));
    String svg = new String(file(0, "svg"), StandardCharsets.UTF_8);
    assertFalse(svg.contains("metadata"));
    assertTrue(ChartFiles.of(below).request().isStandard());
  }

  @Test
  void theManifestSaysHow() throws IOException {
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"format\": 1, \"charts\": {\"formats\": [\"pdf\", \"odd\"], \"width_mm\": 178}}");
    ChartRequest request = ChartFiles.of(below).request();
    assertEquals(List.of(ChartFormat.PDF), request.formats());
    assertEquals(OptionalDouble.of(178), request.millimetres());
    assertEquals(Set.of("formats", "width_mm"), request.json().keySet());
  }
}
