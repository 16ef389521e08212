package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.file.ChartFiles;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.ShapleyMethod;
import org.whisker.saliency.method.SmoothGrad.VarGrad;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.MadeMaps;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.ChartFormat;
import org.whisker.table.ChartRequest.Layout;

class SaliencyGalleryTest {
  @TempDir Path folder;

  private SaliencyGallery gallery(int pictures) throws IOException {
    List<ExplainedMap> maps = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      ExplainedMap.Picture picture = MadeMaps.photo("<b>&" + "abcdefghijk".charAt(i));
      maps.add(MadeMaps.explained(picture, OcclusionMethod.METHOD));
      maps.add(MadeMaps.explained(picture, VarGrad.METHOD));
    }
    ExplainedMap.Picture last = MadeMaps.evolved("evolved");
    maps.add(MadeMaps.explained(last, ShapleyMethod.METHOD));
    maps.add(
        MadeMaps.explained(last, OcclusionMethod.METHOD, MadeMaps.zero(OcclusionMethod.METHOD)));
    return new SaliencyGallery(MadeMaps.folder(folder, "a <model>", maps));
  }

  @Test
  void methodsKeepTheirOrderAndShareAScale() throws IOException {
    SaliencyGallery gallery = gallery(2);
    assertEquals(List.of("vargrad", "occlusion", "shapley"), gallery.folder().methods());
    assertEquals(3, gallery.folder().of("occlusion").size());
    assertEquals(2, gallery.look("occlusion").scale().max(), 1e-6);
    assertEquals(3, gallery.folder().pictures().size());
  }

  @Test
  void manyPicturesGoInSeveralFiles() throws IOException {
    assertEquals(List.of("gallery"), gallery(3).stems());
    SaliencyGallery many = gallery(9);
    assertEquals(List.of("gallery", "gallery-2"), many.stems());
    many.write(folder, ChartFiles.of(folder));
    assertTrue(Files.size(folder.resolve("gallery-2.png")) > 1000);
    assertTrue(Files.size(folder.resolve("gallery-2.svg")) > 1000);
    many.writeSheets(folder, ChartFiles.of(folder));
    assertTrue(Files.size(folder.resolve("sheet-occlusion.png")) > 1000);
    assertTrue(Files.size(folder.resolve("sheet-vargrad.png")) > 1000);
  }

  @Test
  void aMapMayHaveAScaleOfItsOwn() throws IOException {
    SaliencyGallery gallery = gallery(2);
    ChartRequest png = new ChartRequest(List.of(ChartFormat.PNG), OptionalDouble.empty());
    ChartFiles shared = ChartFiles.of(folder).with(png);
    gallery.write(folder, shared);
    byte[] before = Files.readAllBytes(folder.resolve("gallery.png"));
    ChartRequest own =
        new ChartRequest(png.formats(), png.millimetres(), true, png.overlay(), png.layout());
    gallery.write(folder, shared.with(own));
    byte[] after = Files.readAllBytes(folder.resolve("gallery.png"));
    assertTrue(height(after) > height(before), "each map has its number below it");
  }

  @Test
  void aFigureTurnsAndBecomesSmallerInAColumn() throws IOException {
    SaliencyGallery gallery = gallery(2);
    byte[] rows = figure(gallery, Layout.PHOTOS_BY_METHODS, OptionalDouble.empty());
    byte[] columns = figure(gallery, Layout.METHODS_BY_PHOTOS, OptionalDouble.empty());
    assertTrue(width(rows) > width(columns), "4 columns, then 3");
    assertTrue(height(rows) < height(columns), "3 rows, then 4");
    // 600 dots an inch in print, 192 on screens; its type is as wide in both
    byte[] narrow = figure(gallery, Layout.PHOTOS_BY_METHODS, OptionalDouble.of(85));
    assertTrue(height(narrow) / 600.0 < 0.8 * height(rows) / 192.0, "smaller maps");
    assertEquals(85 / 25.4 * 600, width(narrow), 2);
  }

  private byte[] figure(SaliencyGallery gallery, Layout layout, OptionalDouble millimetres)
      throws IOException {
    ChartRequest plain = new ChartRequest(List.of(ChartFormat.PNG), millimetres);
    ChartRequest asked =
        new ChartRequest(plain.formats(), millimetres, false, plain.overlay(), Optional.of(layout));
    gallery.writeFigure(folder, ChartFiles.of(folder).with(asked));
    return Files.readAllBytes(folder.resolve("figure.png"));
  }

  private static int width(byte[] png) {
    return ByteBuffer.wrap(png).getInt(16);
  }

  private static int height(byte[] png) {
    return ByteBuffer.wrap(png).getInt(20);
  }

  @Test
  void thePageEscapesNamesAndDescribesEachMap() throws IOException {
    gallery(2);
    SaliencyPage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    assertFalse(page.contains("<b>&a"), "a name as markup");
    assertFalse(page.contains("<model>"));
    assertTrue(page.contains("&lt;b&gt;&amp;a"));
    assertTrue(page.contains("left out: &lt;x&gt;"));
    assertTrue(page.contains("Map of evolved by occlusion: zero everywhere"));
    assertTrue(page.contains("by vargrad: edge index 0."), "an alt text of each map");
    assertTrue(page.contains("href=\"./summary.csv\""));
    assertFalse(page.contains("src=\"http"));
  }
}
