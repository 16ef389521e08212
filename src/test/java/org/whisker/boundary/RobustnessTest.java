package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.JpegRoundTrip;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;

class RobustnessTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final Tones USUAL = Tones.standard();
  private static final BlackPixels TWO =
      BlackPixels.of(CANVAS, CANVAS.index(0, 3), CANVAS.index(15, 11));

  private static GrayImage changed(SmallChange change, Raster picture, Tones tones) {
    return change.of(GrayImage.of(picture), tones, new SplitMix64(1));
  }

  private static GrayImage black(int... pixels) {
    return GrayImage.of(BlackPixels.of(CANVAS, pixels));
  }

  @Test
  void shiftsMoveWhatStaysOnTheCanvas() {
    // (15, 11) leaves to the right and below
    assertEquals(black(CANVAS.index(1, 3)), changed(new SmallChange.Shift(1, 0), TWO, USUAL));
    assertEquals(
        black(CANVAS.index(0, 2), CANVAS.index(15, 10)),
        changed(new SmallChange.Shift(0, -1), TWO, USUAL));
    assertEquals(black(CANVAS.index(14, 10)), changed(new SmallChange.Shift(-1, -1), TWO, USUAL));
    assertEquals("shift left 1 up 1", new SmallChange.Shift(-1, -1).label());
    assertEquals("shift right 1", new SmallChange.Shift(1, 0).label());
    assertEquals("shift down 2", new SmallChange.Shift(0, 2).label());
  }

  @Test
  void whatMovesInIsBackground() {
    Tones gray = new Tones(0.5f, 1);
    Raster picture = gray.painted(TWO);
    GrayImage moved = changed(new SmallChange.Shift(1, 1), picture, gray);
    for (int x = 0; x < 16; x++) {
      assertEquals(0.5f, moved.at(x, 0));
    }
    assertEquals(1, moved.at(1, 4));
  }

  @Test
  void flipsTwiceAreNone() {
    for (boolean leftRight : new boolean[] {true, false}) {
      SmallChange flip = new SmallChange.Flip(leftRight);
      GrayImage once = changed(flip, TWO, USUAL);
      assertEquals(GrayImage.of(TWO), changed(flip, once, USUAL));
      int at = leftRight ? CANVAS.index(15, 3) : CANVAS.index(0, 8);
      assertEquals(0, once.at(at));
    }
  }

  /** Red falls from left to right, green rises, blue is black. */
  private static PlanarImage coloured() {
    int pixels = CANVAS.pixels();
    float[] values = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      values[i] = 1 - CANVAS.x(i) / 15f;
      values[pixels + i] = CANVAS.x(i) / 15f;
    }
    return PlanarImage.of(CANVAS, values);
  }

  @Test
  void coloursAreChangedPlaneByPlane() {
    PlanarImage picture = coloured();
    PlanarImage moved = new SmallChange.Shift(1, 0).ofAny(picture, USUAL, new SplitMix64(1));
    for (int plane = 0; plane < 3; plane++) {
      assertEquals(
          changed(new SmallChange.Shift(1, 0), picture.plane(plane), USUAL), moved.plane(plane));
    }
    PlanarImage inked = new SmallChange.ExtraPixel(1).ofAny(picture, USUAL, new SplitMix64(1));
    int different = 0;
    for (int i = 0; i < CANVAS.pixels(); i++) {
      if (!inked.isSameAt(picture, i)) {
        assertTrue(inked.isBlackAt(i));
        different++;
      }
    }
    assertEquals(1, different);
  }

  @Test
  void aJpegInColoursKeepsThem() {
    PlanarImage picture = coloured();
    PlanarImage read = new SmallChange.Jpeg(95).ofAny(picture, USUAL, new SplitMix64(1));
    assertEquals(3, read.planes());
    for (int plane = 0; plane < 3; plane++) {
      assertEquals(sum(picture.plane(plane)), sum(read.plane(plane)), 5);
    }
    GrayImage gray = picture.plane(0);
    assertEquals(
        JpegRoundTrip.of(gray, 50), new SmallChange.Jpeg(50).ofAny(gray, USUAL, new SplitMix64(1)));
  }

  @Test
  void blurKeepsTheMean() {
    GrayImage blurred = changed(new SmallChange.Blur(1), TWO, USUAL);
    assertEquals(sum(GrayImage.of(TWO)), sum(blurred), 1e-4);
    // a lone pixel keeps the square of the kernel's middle; its mirror image adds at the border
    GrayImage lone = changed(new SmallChange.Blur(0.5), black(CANVAS.index(8, 6)), USUAL);
    double middle = 1 / (1 + 2 * (Math.exp(-2) + Math.exp(-8) + Math.exp(-18)));
    assertEquals(1 - middle * middle, lone.at(8, 6), 1e-6);
  }

  private static double sum(GrayImage picture) {
    double sum = 0;
    for (float each : picture.values()) {
      sum += each;
    }
    return sum;
  }

  @Test
  void jpegLosesMoreAtLowerQuality() {
    double before = -1;
    for (int quality : new int[] {100, 90, 50, 5}) {
      double loss = loss(quality);
      assertTrue(loss > before, quality + ": " + loss);
      before = loss;
    }
    assertTrue(loss(100) < 0.5, "" + loss(100));
    GrayImage white = GrayImage.filled(CANVAS, 1);
    assertEquals(white, JpegRoundTrip.of(white, 50));
    assertThrows(IllegalArgumentException.class, () -> JpegRoundTrip.of(white, 0));
  }

  private static double loss(int quality) {
    GrayImage picture = GrayImage.of(TWO);
    GrayImage read = changed(new SmallChange.Jpeg(quality), picture, USUAL);
    double loss = 0;
    for (int i = 0; i < CANVAS.pixels(); i++) {
      loss += Math.abs(read.at(i) - picture.at(i));
    }
    return loss;
  }

  @Test
  void anExtraPixelIsOneMore() {
    SplitMix64 random = new SplitMix64(3);
    for (int draw = 0; draw < 50; draw++) {
      GrayImage more = new SmallChange.ExtraPixel(1).of(GrayImage.of(TWO), USUAL, random);
      assertEquals(3, USUAL.inked(more).count());
      assertTrue(USUAL.inked(more).contains(TWO.get(0)));
    }
    GrayImage full = GrayImage.filled(CANVAS, 0);
    assertEquals(full, new SmallChange.ExtraPixel(1).of(full, USUAL, random));
  }

  @Test
  void changesOfColours() {
    Tones tones = new Tones(Tone.parse("#ffcc00"), Tone.parse("#0000ff"));
    PlanarImage picture = PlanarImage.from(tones.painted(TWO));
    SplitMix64 random = new SplitMix64(3);
    PlanarImage more = new SmallChange.ExtraPixel(1).ofAny(picture, tones, random);
    assertEquals(3, tones.genome(more).orElseThrow().count());
    PlanarImage moved = new SmallChange.Shift(1, 0).ofAny(picture, tones, random);
    assertTrue(tones.genome(moved).isPresent(), "what is uncovered has the background's colour");
  }

  @Test
  void scoresAreOfTheChangesAndDraws() {
    // a cat only with black exactly at (0, 3)
    int at = CANVAS.index(0, 3);
    Formula tied = new Formula(CANVAS, gray -> gray[at] == 0 ? -2 : 2);
    List<SmallChange> changes = Robustness.changes(List.of(), List.of(), 5);
    assertEquals(1 + 8 + 2 + 1, changes.size());
    Robustness result =
        Robustness.of(tied, List.of(TWO, BlackPixels.none(CANVAS)), USUAL, changes, 7, 4, n -> {});
    assertEquals(List.of(-2f), result.logits(0, 0));
    for (int change = 1; change < 11; change++) {
      assertEquals(List.of(2f), result.logits(0, change), changes.get(change).label());
      assertEquals(0.5, result.sameSide(change)); // white stays where it is
    }
    assertEquals(List.of(-2f, -2f, -2f, -2f, -2f), result.logits(0, 11));
    assertEquals(1 / (1 + Math.exp(-2)), result.meanCatProbability(0, 11), 1e-9);
    assertEquals(4, tied.largestBatch);
  }

  @Test
  void drawsDependOnTheSeedAlone() {
    Formula place =
        new Formula(
            CANVAS,
            gray -> {
              int sum = 0;
              for (int i = 0; i < gray.length; i++) {
                sum += gray[i] == 0 ? i : 0;
              }
              return sum;
            });
    List<SmallChange> few = List.of(new SmallChange.None(), new SmallChange.ExtraPixel(4));
    Robustness one = Robustness.of(place, List.of(TWO), USUAL, few, 7, 4, n -> {});
    List<SmallChange> many = Robustness.changes(List.of(1.0), List.of(50), 4);
    Robustness other = Robustness.of(place, List.of(TWO, TWO), USUAL, many, 7, 100, n -> {});
    assertEquals(one.logits(0, 1), other.logits(0, many.size() - 1));
    assertNotEquals(one.logits(0, 1), other.logits(1, many.size() - 1));
    assertNotEquals(
        one.logits(0, 1),
        Robustness.of(place, List.of(TWO), USUAL, few, 8, 4, n -> {}).logits(0, 1));
  }

  @Test
  void impossibleChanges() {
    assertThrows(IllegalArgumentException.class, () -> new SmallChange.Blur(0));
    assertThrows(IllegalArgumentException.class, () -> new SmallChange.Jpeg(101));
    assertThrows(IllegalArgumentException.class, () -> new SmallChange.ExtraPixel(0));
  }
}
