package org.whisker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.page.SaliencyPage;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.ShapleyMethod;
import org.whisker.saliency.method.VarGrad;
import org.whisker.table.ExplainedMap;
import org.whisker.table.ExplainedPicture;
import org.whisker.table.MadeMaps;
import org.whisker.table.SaliencyFiles;

class SaliencyGalleryTest {
  @TempDir Path folder;

  private static SaliencyGallery gallery(int pictures) {
    List<ExplainedMap> maps = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      ExplainedPicture picture = MadeMaps.photo("<b>&" + "abcdefghijk".charAt(i));
      maps.add(MadeMaps.explained(picture, OcclusionMethod.METHOD));
      maps.add(MadeMaps.explained(picture, VarGrad.METHOD));
    }
    ExplainedPicture last = MadeMaps.evolved("evolved");
    maps.add(MadeMaps.explained(last, ShapleyMethod.METHOD));
    maps.add(
        MadeMaps.explained(last, OcclusionMethod.METHOD, MadeMaps.zero(OcclusionMethod.METHOD)));
    return new SaliencyGallery("a <model>", maps);
  }

  @Test
  void methodsKeepTheirOrderAndShareAScale() {
    SaliencyGallery gallery = gallery(2);
    assertEquals(
        List.of(VarGrad.METHOD, OcclusionMethod.METHOD, ShapleyMethod.METHOD), gallery.methods());
    assertEquals(3, gallery.of(OcclusionMethod.METHOD).size());
    assertEquals(2, gallery.look(OcclusionMethod.METHOD).scale().max(), 1e-6);
    assertEquals(3, gallery.pictures().size());
  }

  @Test
  void manyPicturesGoInSeveralFiles() throws IOException {
    assertEquals(List.of("gallery.png"), gallery(3).writePng(folder));
    assertEquals(List.of("gallery.png", "gallery-2.png"), gallery(9).writePng(folder));
    assertTrue(Files.size(folder.resolve("gallery-2.png")) > 1000);
  }

  @Test
  void thePageEscapesNamesAndDescribesEachMap() throws IOException {
    SaliencyGallery gallery = gallery(2);
    SaliencyFiles.summary(folder, gallery.maps());
    SaliencyPage.write(
        folder, gallery, List.of(), List.of("left out: <x>"), Map.of("model", "m"), List.of());
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
