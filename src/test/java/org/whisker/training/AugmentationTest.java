package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Resample;
import org.whisker.random.SplitMix64;
import org.whisker.training.Augmentation.PhotoTreatment;

class AugmentationTest {
  private static final Canvas SIZE = Canvas.square(16);

  private static GrayImage noise(int width, int height) {
    SplitMix64 random = SplitMix64.stream(3, "noise", 0);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new GrayImage(new Canvas(width, height), values);
  }

  private static float[] vary(Augmentation how, PlanarImage photo, long seed) {
    return how.vary(photo, SIZE, SplitMix64.stream(seed, "vary", 0));
  }

  private static float[] mirrored(float[] values) {
    float[] mirrored = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      mirrored[i] = values[i - i % 16 + 15 - i % 16];
    }
    return mirrored;
  }

  @Test
  void valuesStayGray() {
    Augmentation wild = new Augmentation(0.1, 2, 0.9, 0.9, 1);
    boolean black = false;
    for (int seed = 0; seed < 50; seed++) {
      float[] values = vary(wild, noise(40, 30), seed);
      assertEquals(256, values.length);
      for (float value : values) {
        assertTrue(value >= 0 && value <= 1, "was " + value);
        black |= value == 0;
      }
    }
    assertTrue(black, "nothing was ever cut off, so the test shows nothing");
  }

  @Test
  void coloursAreVariedTogether() {
    GrayImage photo = noise(40, 30);
    PlanarImage colours = photo.in(3);
    for (PhotoTreatment treatment : PhotoTreatment.values()) {
      Augmentation how =
          Augmentation.standard().withShift(OptionalDouble.of(0.3)).withTreatment(treatment);
      for (int seed = 0; seed < 8; seed++) {
        float[] gray = vary(how, photo, seed);
        PlanarImage varied = PlanarImage.of(SIZE, vary(how, colours, seed));
        for (int plane = 0; plane < 3; plane++) {
          assertArrayEquals(gray, varied.plane(plane).values(), 1e-5f);
        }
      }
    }
    float[] other = colours.values();
    Arrays.fill(other, 0, 40 * 30, 0);
    Augmentation contrast = new Augmentation(1, 1, 0.4, 0, 0);
    PlanarImage varied = PlanarImage.of(SIZE, vary(contrast, colours.with(other), 1));
    float red = varied.at(0);
    for (float value : varied.plane(0).values()) {
      assertEquals(red, value, "a plane of one value stays one");
    }
    assertArrayEquals(varied.plane(1).values(), varied.plane(2).values());
  }

  @Test
  void theSeedDecides() {
    GrayImage photo = noise(40, 30);
    float[] first = vary(Augmentation.standard(), photo, 1);
    assertArrayEquals(first, vary(Augmentation.standard(), photo, 1));
    assertFalse(Arrays.equals(first, vary(Augmentation.standard(), photo, 2)));
  }

  @ParameterizedTest
  @CsvSource({"24, 24", "16, 16", "41, 41"})
  void noneIsASquarePhotoOrItsMirrorImage(int width, int height) {
    GrayImage photo = noise(width, height);
    float[] plain = Resample.shorterSideThenCentreCrop(photo, SIZE).values();
    float[] mirrored = mirrored(plain);
    int mirrors = 0;
    for (int seed = 0; seed < 20; seed++) {
      float[] varied = vary(Augmentation.none(), photo, seed);
      boolean mirror = distance(varied, mirrored) < distance(varied, plain);
      assertArrayEquals(mirror ? mirrored : plain, varied, 1e-5f);
      mirrors += mirror ? 1 : 0;
    }
    assertTrue(mirrors > 2 && mirrors < 18, "mirrored " + mirrors + " of 20");
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum;
  }

  @Test
  void erasesOneRectangle() {
    Augmentation erasing = new Augmentation(1, 1, 0, 0, 1);
    GrayImage gray = GrayImage.filled(SIZE, 0.5f);
    float[] values = vary(erasing, gray, 4);
    int left = 16;
    int right = -1;
    int top = 16;
    int bottom = -1;
    int erased = 0;
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(values[i] - 0.5f) > 1e-5) {
        erased++;
        left = Math.min(left, i % 16);
        right = Math.max(right, i % 16);
        top = Math.min(top, i / 16);
        bottom = Math.max(bottom, i / 16);
      }
    }
    assertTrue(erased > 0 && erased <= 6 * 6, "erased " + erased);
    assertEquals((right - left + 1) * (bottom - top + 1), erased);
  }

  @Test
  void withoutAShiftTheMiddleOfThePhotoIsTheMiddleOfTheCanvas() {
    // a photo whose every column has its own gray: what is left of the middle is darker
    float[] ramp = new float[48 * 16];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (i % 48) / 47f;
    }
    GrayImage photo = new GrayImage(new Canvas(48, 16), ramp);
    Augmentation centred = new Augmentation(0.2, 1.3, 0, 0, 0).withShift(OptionalDouble.of(0));
    boolean elsewhere = false;
    for (int seed = 0; seed < 20; seed++) {
      float[] values = vary(centred, photo, seed);
      assertEquals(0.5, (values[7] + values[8]) / 2, 1e-5);
      float[] free = vary(new Augmentation(0.2, 1.3, 0, 0, 0), photo, seed);
      elsewhere |= Math.abs((free[7] + free[8]) / 2 - 0.5) > 0.1;
      assertEquals(range(free), range(values), 0.02); // of the same crop
    }
    assertTrue(elsewhere, "crops never lie elsewhere, so the test shows nothing");
  }

  private static double range(float[] row) {
    return Math.abs(row[15] - row[0]);
  }

  @Test
  void movedPhotosKeepTheirPixels() {
    Augmentation moving = Augmentation.none().withShift(OptionalDouble.of(0.25));
    GrayImage photo = noise(16, 16);
    int moved = 0;
    for (int seed = 0; seed < 20; seed++) {
      float[] values = vary(moving, photo, seed);
      float[] still = vary(Augmentation.none().withShift(OptionalDouble.of(0)), photo, seed);
      int same = 0;
      for (int y = 4; y < 12; y++) {
        for (int x = 4; x < 12; x++) {
          float gray = still[y * 16 + x];
          for (float value : values) {
            same += Math.abs(value - gray) < 1e-6 ? 1 : 0; // no two pixels of noise are alike
          }
        }
      }
      assertTrue(same >= 64, "the middle is cut off: " + same);
      moved += Arrays.equals(values, still) ? 0 : 1;
    }
    assertTrue(moved > 15, "moved " + moved);
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "0.6", "NaN"})
  void impossibleShifts(double shift) {
    Augmentation none = Augmentation.none();
    assertThrows(IllegalArgumentException.class, () -> none.withShift(OptionalDouble.of(shift)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 0, 0",
    "1.1, 1, 0, 0, 0",
    "NaN, 1, 0, 0, 0",
    "1, 0.9, 0, 0, 0",
    "1, NaN, 0, 0, 0",
    "1, 1, 1, 0, 0",
    "1, 1, NaN, 0, 0",
    "1, 1, 0, -0.1, 0",
    "1, 1, 0, NaN, 0",
    "1, 1, 0, 0, 1.1",
    "1, 1, 0, 0, NaN"
  })
  void impossible(double area, double aspect, double contrast, double brightness, double erase) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Augmentation(area, aspect, contrast, brightness, erase));
  }
}
