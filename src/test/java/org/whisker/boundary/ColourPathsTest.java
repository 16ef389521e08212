package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.ImagePath.StraightPath;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;

/** Paths and planes through pictures in colours. */
class ColourPathsTest {
  private static final Canvas CANVAS = new Canvas(2, 1);
  private static final PlanarImage COLOURS =
      PlanarImage.of(CANVAS, new float[] {1, 0.5f, 1, 0.25f, 1, 0});
  private static final Raster WHITE = BlackPixels.none(CANVAS);

  @Test
  void pixelsChangeInAllPlanes() {
    // the first pixel is white in both
    assertArrayEquals(new int[] {1}, Grays.differing(WHITE, COLOURS));
    PixelPath path = new PixelPath(WHITE, COLOURS, new int[] {1}, 1);
    assertArrayEquals(GrayImage.filled(CANVAS, 1).in(3).values(), path.at(0).values());
    assertArrayEquals(COLOURS.values(), path.at(1).values());
    assertArrayEquals(COLOURS.grayValues(), path.at(1).grayValues(), 1e-6f);
  }

  @Test
  void aStraightLineMixesEachPlane() {
    StraightPath path = new StraightPath(COLOURS, WHITE, 2, 0.1);
    assertArrayEquals(new float[] {1, 0.75f, 1, 0.625f, 1, 0.5f}, path.at(0.5).values(), 1e-6f);
    assertEquals(COLOURS, path.at(0));
  }

  @Test
  void picturesAreStoredInTheirPlanes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ends.npy");
    StoredPictures.write(file, List.of(WHITE, COLOURS));
    assertEquals(List.of(GrayImage.filled(CANVAS, 1).in(3), COLOURS), StoredPictures.read(file, 2));
    StoredPictures.write(file, List.of(WHITE, GrayImage.of(COLOURS), WHITE));
    assertEquals(
        List.of(GrayImage.of(WHITE), GrayImage.of(COLOURS), GrayImage.of(WHITE)),
        StoredPictures.read(file, 3));
  }

  @Test
  void movesToColours() {
    GreedyStep.Move move = new GreedyStep.Move(1, List.of(0.5f, 0.25f, 0f));
    assertArrayEquals(COLOURS.values(), move.on(WHITE).values());
    assertArrayEquals(
        new float[] {1, 0, 1, 0, 1, 0}, new GreedyStep.Move(1, 0).on(COLOURS).values());
  }
}
