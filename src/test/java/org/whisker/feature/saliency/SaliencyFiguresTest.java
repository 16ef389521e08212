package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.file.ChartFiles;
import org.whisker.feature.saliency.SaliencyCharts.Writing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.MadeMaps;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;

class SaliencyFiguresTest {
  @TempDir Path folder;

  private static FolderMap map(Path folder, ExplainedMap of) throws IOException {
    return MadeMaps.folder(folder, "m", List.of(of)).maps().get(0);
  }

  @Test
  void picturesOfAnyShapeAreDrawn() throws IOException {
    for (Canvas canvas : List.of(new Canvas(1, 1), new Canvas(30, 4), new Canvas(3, 200))) {
      ExplainedMap.Picture picture = MadeMaps.picture("a", GrayImage.filled(canvas, 1));
      Path own = folder.resolve(canvas.toString());
      FolderMap map = map(own, MadeMaps.explained(picture, OcclusionMethod.METHOD));
      for (Writing chart : SaliencyFigures.of(map, ChartFiles.of(own))) {
        chart.write();
      }
      for (String file :
          List.of("occlusion", "occlusion-overlay", "occlusion-profile", "occlusion-coverage")) {
        assertTrue(Files.size(own.resolve("images/a/" + file + ".png")) > 500, canvas + " " + file);
      }
    }
  }

  @Test
  void aZeroMapIsDrawnAndSaysSo() throws IOException {
    SaliencyMap zero = MadeMaps.zero(InputGradient.METHOD);
    MapLook look = MapLook.of(List.of(PictureMap.of(zero)));
    assertTrue(look.legend().contains("Zero everywhere: nothing stands out."));
    assertEquals(0.5, look.scale().position(0));
    ExplainedMap of = MadeMaps.explained(MadeMaps.photo("a"), InputGradient.METHOD, zero);
    assertTrue(SaliencyFigures.profile(map(folder, of)).png(1).bytes().length > 500);
  }
}
