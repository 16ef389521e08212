package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.training.Augmentation.PhotoTreatment;

class PhotoTreatmentTest {
  private static final Canvas SIZE = Canvas.square(16);

  private static float[] stripes() {
    float[] values = new float[SIZE.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = SIZE.x(i) % 2 == 0 ? 0.25f : 0.75f;
    }
    return values;
  }

  @Test
  void noneLeavesAPhotoAsItIs() {
    float[] values = stripes();
    assertSame(values, PhotoTreatment.NONE.of(values, SIZE));
  }

  @Test
  void aWhiteBorderSurroundsTheShrunkPhoto() {
    float[] gray = new float[SIZE.pixels()];
    Arrays.fill(gray, 0.5f);
    float[] framed = PhotoTreatment.WHITE_BORDER.of(gray, SIZE);
    for (int i = 0; i < framed.length; i++) {
      // three quarters of 16 pixels are 12, so two are left on each side
      assertEquals(SIZE.borderDistance(i) < 2 ? 1 : 0.5f, framed[i], 1e-6, "pixel " + i);
    }
  }

  @Test
  void aBlurredBorderKeepsTheInside() {
    float[] values = stripes();
    float[] blurred = PhotoTreatment.BLURRED_BORDER.of(values, SIZE);
    int inside = SIZE.index(8, 8);
    assertEquals(values[inside], blurred[inside]);
    // stripes of one pixel are even gray once blurred
    assertEquals(0.5, blurred[SIZE.index(8, 0)], 0.06);
    assertEquals(0.5, blurred[SIZE.index(0, 8)], 0.13);
  }

  @Test
  void invertedTwiceIsThePhoto() {
    float[] values = stripes();
    float[] once = PhotoTreatment.INVERTED.of(values, SIZE);
    assertEquals(0.75f, once[0]);
    assertArrayEquals(values, PhotoTreatment.INVERTED.of(once, SIZE));
  }

  @Test
  void onPlainWhiteOnlyTheMiddleIsSeen() {
    float[] values = stripes();
    float[] treated = PhotoTreatment.CATS_ON_WHITE.of(values, SIZE);
    int middle = SIZE.index(8, 8);
    assertEquals(values[middle], treated[middle]);
    for (int i = 0; i < treated.length; i++) {
      assertTrue(treated[i] >= values[i] && treated[i] <= 1, "pixel " + i);
      if (SIZE.borderDistance(i) == 0) {
        assertEquals(1, treated[i], "pixel " + i);
      }
    }
    assertArrayEquals(treated, PhotoTreatment.OTHERS_ON_WHITE.of(values, SIZE));
  }

  @Test
  void aQuarterOfOneKindOfPhotosIsTreated() throws IOException {
    List<CachedPhoto> photos = MemoryPhotos.of(100, 100);
    List<CachedPhoto> cats = treated(photos, PhotoTreatment.CATS_ON_WHITE);
    List<CachedPhoto> others = treated(photos, PhotoTreatment.OTHERS_ON_WHITE);
    assertTrue(cats.stream().allMatch(photo -> photo.photo().label() == Label.CAT));
    assertTrue(others.stream().allMatch(photo -> photo.photo().label() == Label.NOT_CAT));
    // 25 are expected; four standard deviations to each side
    assertTrue(cats.size() > 7 && cats.size() < 43, cats.size() + " of 100");
    assertTrue(others.size() > 7 && others.size() < 43, others.size() + " of 100");
    assertEquals(photos, treated(photos, PhotoTreatment.INVERTED));
  }

  private static List<CachedPhoto> treated(List<CachedPhoto> photos, PhotoTreatment treatment) {
    Augmentation augmentation = Augmentation.none().withTreatment(treatment);
    return photos.stream()
        .filter(photo -> augmentation.of(photo).treatment() == treatment)
        .toList();
  }

  @Test
  void labelsAreRead() {
    for (PhotoTreatment each : PhotoTreatment.values()) {
      assertSame(each, PhotoTreatment.parse(each.label()));
    }
    assertEquals("no-plain-white", PhotoTreatment.NO_PLAIN_WHITE.label());
    Exception why =
        assertThrows(IllegalArgumentException.class, () -> PhotoTreatment.parse("white"));
    assertTrue(String.valueOf(why.getMessage()).contains("white-border"), why.toString());
  }
}
