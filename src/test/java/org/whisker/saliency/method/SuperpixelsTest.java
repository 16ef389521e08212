package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;

/** Superpixels against scikit-image's (src/test/python/superpixels.py). */
class SuperpixelsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/superpixels");
  private static final int ABOUT = 50;

  @ParameterizedTest
  @CsvSource({"colour,3", "gray,1", "strip,1"})
  void theyAreThoseOfScikitImage(String name, int planes) throws IOException {
    PlanarImage picture = ImageFiles.read(FIXTURES.resolve(name + ".png"), planes);
    GrayImage expected = ImageFiles.readGray(FIXTURES.resolve(name + "-labels.png"));
    int[] own = Superpixels.of(picture, ABOUT);
    long other =
        IntStream.range(0, own.length)
            .filter(i -> own[i] != Math.round(expected.at(i) * 255))
            .count();
    assertEquals(0, other, "of " + own.length + " pixels");
  }

  /** All that is left of a picture of one colour is the grid. */
  @Test
  void oneColourIsCutIntoAGrid() {
    int[] own = Superpixels.of(GrayImage.filled(Canvas.square(30), 1), 9);
    assertEquals(9, Arrays.stream(own).distinct().count());
    assertEquals(100, Arrays.stream(own).filter(i -> i == 4).count());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 4000})
  void anyNumberCanBeAskedForOfAnyPicture(int about) {
    for (Canvas canvas : new Canvas[] {new Canvas(1, 1), new Canvas(37, 1), new Canvas(3, 40)}) {
      int[] own = Superpixels.of(GrayImage.filled(canvas, 0.3f), about);
      int count = Arrays.stream(own).max().orElseThrow() + 1;
      assertEquals(count, Arrays.stream(own).distinct().count());
      assertTrue(count <= Math.max(2 * about, 2), canvas + ": " + count);
    }
  }
}
