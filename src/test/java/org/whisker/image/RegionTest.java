package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
  private static final Canvas CANVAS = new Canvas(10, 8);

  @Test
  void everywhereIsAllPixels() {
    Region all = Region.everywhere(CANVAS);
    assertEquals(80, all.size());
    assertTrue(all.contains(0) && all.contains(79));
    assertFalse(all.contains(80) || all.contains(-1));
  }

  @Test
  void centerIsTheMiddleRectangle() {
    Region center = Region.center(CANVAS, 0.5);
    assertEquals(5 * 4, center.size());
    assertEquals(Region.rectangle(CANVAS, 2, 2, 7, 6), center);
    assertEquals(Region.everywhere(CANVAS), Region.center(CANVAS, 1));
    assertEquals(1, Region.center(CANVAS, 1e-9).size());
  }

  @Test
  void edgeIsTheFrame() {
    Region edge = Region.edge(CANVAS, 0.25);
    assertEquals(80 - 6 * 4, edge.size());
    assertTrue(edge.contains(CANVAS.index(1, 4)));
    assertFalse(edge.contains(CANVAS.index(2, 4)));
    assertEquals(Region.everywhere(CANVAS), Region.edge(CANVAS, 0.5));
    assertEquals(32, Region.edge(CANVAS, 0.01).size());
    // 0.07 * 100 is 7.000000000000001 in doubles
    assertEquals(10_000 - 86 * 86, Region.edge(Canvas.square(100), 0.07).size());
  }

  @Test
  void aMaskIsWhateverItTakes() {
    Region mask = Region.ofMask(CANVAS, "mask:odd.png", index -> index % 2 == 1);
    assertEquals(40, mask.size());
    assertEquals("mask:odd.png", mask.toString());
    for (int i = -2; i < 90; i++) {
      assertEquals(i > 0 && i < 80 && i % 2 == 1, mask.contains(i));
    }
    assertEquals(Region.everywhere(CANVAS), Region.ofMask(CANVAS, "mask:all.png", index -> true));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Region.ofMask(CANVAS, "mask:none.png", index -> false));
    assertEquals("mask:none.png has no pixel", e.getMessage());
  }

  @Test
  void getListsEachPixelOnce() {
    Region region = Region.rectangle(CANVAS, 3, 1, 5, 3);
    int[] listed = IntStream.range(0, region.size()).map(region::get).toArray();
    assertArrayEquals(new int[] {13, 14, 23, 24}, listed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "center:0.5", "edge:0.1", "0,0,1,1", "2,3,10,8"})
  void parseReadsWhatToStringGives(String text) {
    Region region = Region.parse(CANVAS, text);
    assertEquals(text, region.toString());
    assertEquals(region, Region.parse(CANVAS, region.toString()));
  }

  @Test
  void theBritishCentreIsTheSameRegion() {
    assertEquals("center:0.5", Region.parse(CANVAS, "centre:0.5").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "centre",
        "center:",
        "center:0",
        "center:1.1",
        "center:NaN",
        "edge:0.6",
        "edge:-1",
        "1,2,3",
        "1,2,3,x",
        "3,3,3,4",
        "0,0,11,8",
        "-1,0,2,2"
      })
  void parseNamesWhatItCannotRead(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Region.parse(CANVAS, text));
    String number = text.substring(text.indexOf(':') + 1);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(number) || message.contains(number + ".0"), message);
  }
}
