package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TonesTest {
  private static final BlackPixels GENOME = BlackPixels.of(new Canvas(3, 1), 1);

  @Test
  void paintsInItsTonesFromTheOffsetOn() {
    Raster painted = new Tones(0.25f, 0.75f).painted(GENOME);
    float[] target = {9, 9, 9, 9, 9};
    painted.paint(target, 1);
    assertArrayEquals(new float[] {9, 0.25f, 0.75f, 0.25f, 9}, target);
    assertEquals(GENOME.canvas(), painted.canvas());
  }

  @Test
  void theUsualTonesAreTheGenomesOwn() {
    assertSame(GENOME, Tones.standard().painted(GENOME));
  }

  @Test
  void inkIsWhatIsNearerToIt() {
    assertTrue(Tones.standard().isInk(Tone.gray(0.49f)));
    assertFalse(Tones.standard().isInk(Tone.gray(0.51f)));
    Tones whiteOnGray = new Tones(0.5f, 1);
    assertTrue(whiteOnGray.isInk(Tone.gray(0.8f)));
    assertFalse(whiteOnGray.isInk(Tone.gray(0.7f)));
    assertFalse(whiteOnGray.isInk(Tone.gray(0)));
  }

  @Test
  void coloursHaveThreePlanes() {
    Tones tones = new Tones(Tone.parse("#ffcc00"), Tone.parse("#0000ff"));
    Raster painted = tones.painted(GENOME);
    assertEquals(3, painted.planes());
    assertArrayEquals(new float[] {1, 0, 1, 0.8f, 0, 0.8f, 0, 1, 0}, painted.values());
    float yellow = Tone.parse("#ffcc00").gray();
    float blue = Tone.parse("#0000ff").gray();
    assertArrayEquals(new float[] {yellow, blue, yellow}, painted.grayValues());
    assertEquals(Optional.of(GENOME), tones.genome(painted));
    assertEquals(Optional.empty(), tones.genome(GENOME));
    assertEquals(GENOME, tones.inked(PlanarImage.from(painted)));
    assertEquals(3, new Tones(Tone.gray(1), Tone.parse("#010000")).planes());
    assertEquals(1, new Tones(Tone.parse("#ffffff"), Tone.gray(0)).planes());
  }

  /** Red and this green have the same luma. */
  @Test
  void inkOfTheSameLumaIsTold() {
    float green = Tone.parse("#ff0000").gray() / Tone.parse("#00ff00").gray();
    Tones tones = new Tones(Tone.parse("#ff0000"), new Tone(0, green, 0));
    assertEquals(GENOME, tones.inked(PlanarImage.from(tones.painted(GENOME))));
  }

  @Test
  void tonesAreReadAsTheyAreWritten() {
    for (Tone tone : List.of(Tone.gray(0.3f), Tone.gray(1), Tone.parse("#12aBff"))) {
      assertEquals(tone, Tone.parse(tone.toString()));
    }
    assertEquals(0.3f, Tone.gray(0.3f).written());
    assertEquals("#12abff", Tone.parse("#12aBff").written());
    assertEquals(Tone.gray(0.2f), Tone.parse("#333333"));
    assertEquals(List.of(1f, 0.8f, 0f), Tone.parse("#ffcc00").values());
    assertRefused("'red'", () -> Tone.parse("red"));
    assertRefused("#ff", () -> Tone.parse("#ff"));
    assertRefused("2.0", () -> Tone.parse("2"));
  }

  @Test
  void impossibleTonesAreRefused() {
    assertRefused("NaN", () -> new Tones(Float.NaN, 0));
    assertRefused("1.5", () -> new Tones(1, 1.5f));
    assertRefused("-0.5", () -> new Tones(-0.5f, 1));
    assertRefused("0.5", () -> new Tones(0.5f, 0.5f));
  }

  private static void assertRefused(String value, Runnable maker) {
    var e = assertThrows(IllegalArgumentException.class, maker::run);
    assertTrue(String.valueOf(e.getMessage()).contains(value), e::getMessage);
  }
}
