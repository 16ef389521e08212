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
    ChartRequest own = new ChartRequest(png.formats(), png.millimetres(), true, png.overlay());
    gallery.write(folder, shared.with(own));
    byte[] after = Files.readAllBytes(folder.resolve("gallery.png"));
    assertTrue(height(after) > height(before), "each map has its number below it");
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
