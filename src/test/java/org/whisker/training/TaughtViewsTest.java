package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Resample;
import org.whisker.random.SplitMix64;
import org.whisker.training.Teacher.Distillation;
import org.whisker.training.TeacherRounds.TaughtViews;

class TaughtViewsTest {
  private static final Canvas STUDENT = Canvas.square(32);
  private static final Canvas TEACHER = Canvas.square(96);
  private static final Augmentation WILD = new Augmentation(0.35, 4 / 3.0, 0.4, 0.2, 0.5);

  private static TaughtViews views(List<CachedPhoto> photos, double mixup) {
    return new TaughtViews(photos, WILD, 3, mixup, STUDENT, 1);
  }

  /** Waves of different length and direction, with a bright corner. */
  private static GrayImage waves() {
    float[] values = new float[80 * 60];
    for (int i = 0; i < values.length; i++) {
      double x = i % 80 / 80.0;
      int row = i / 80;
      double y = row / 60.0;
      values[i] = (float) (0.4 + 0.2 * Math.sin(7 * x + 3 * y) + 0.2 * x * (1 - y));
    }
    return new GrayImage(new Canvas(80, 60), values);
  }

  @Test
  void coloursHaveThreePlanes() throws IOException {
    List<CachedPhoto> photos = MemoryPhotos.of(2, 2);
    TaughtViews gray = views(photos, 0.5);
    TaughtViews colours = new TaughtViews(photos, WILD, 3, 0.5, STUDENT, 3);
    for (int photo = 0; photo < 4; photo++) {
      PlanarImage seen = PlanarImage.of(TEACHER, colours.picture(2, photo, TEACHER));
      float[] plane = gray.picture(2, photo, TEACHER);
      assertArrayEquals(plane, seen.plane(0).values(), 1e-5f);
      assertArrayEquals(plane, seen.plane(2).values(), 1e-5f);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aViewIsTheSameAtEverySize(boolean shifted) {
    Augmentation how = shifted ? WILD.withShift(OptionalDouble.of(0.5)) : WILD;
    GrayImage photo = waves();
    double moved = 0;
    float[] last = new float[STUDENT.pixels()];
    for (int seed = 0; seed < 40; seed++) {
      PhotoView view = how.draw(photo.canvas(), STUDENT, SplitMix64.stream(seed, "view", 0));
      float[] small = view.of(photo, STUDENT);
      GrayImage large = new GrayImage(TEACHER, view.of(photo, TEACHER));
      assertTrue(difference(small, Resample.resize(large, STUDENT).values()) < 0.012, "" + seed);
      moved += difference(small, last) / 40;
      last = small;
    }
    assertTrue(moved > 0.08, "views hardly differ, so the test shows nothing: " + moved);
  }

  private static double difference(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).average().orElse(1);
  }

  @Test
  void anErasedRectangleIsScaledToThePixel() {
    var erased = new PhotoView.Erased(new Canvas(8, 8), 2, 1, 3, 4, 0.5f);
    float[] values = new float[16 * 16];
    erased.paint(values, new Canvas(16, 16));
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        boolean inside = x >= 4 && x < 10 && y >= 2 && y < 10;
        assertEquals(inside ? 0.5f : 0, values[y * 16 + x], x + ", " + y);
      }
    }
  }

  @Test
  void drawingFirstChangesNoTraining() {
    float[] values = WILD.vary(waves(), STUDENT, SplitMix64.stream(1, "vary", 0));
    // as networks were trained before views could be drawn at one size and seen at another
    assertEquals(581193268, Arrays.hashCode(values));
    float[] shifted =
        WILD.withShift(OptionalDouble.of(0.25))
            .vary(waves(), STUDENT, SplitMix64.stream(2, "vary", 0));
    assertEquals(131993065, Arrays.hashCode(shifted));
  }

  @Test
  void mixedPicturesAreMixturesOfSingleOnes() throws IOException {
    List<CachedPhoto> photos = MemoryPhotos.of(20, 20);
    TaughtViews mixed = views(photos, 1);
    TaughtViews single = views(photos, 0);
    for (Canvas size : List.of(STUDENT, TEACHER)) {
      for (int photo = 0; photo < 40; photo++) {
        TaughtViews.Mixture mixture = mixed.mixture(2, photo);
        float[] own = single.picture(2, photo, size);
        float[] other = single.picture(2, mixture.other(), size);
        float[] found = mixed.picture(2, photo, size);
        for (int i = 0; i < found.length; i++) {
          float w = mixture.own();
          assertEquals(w * own[i] + (1 - w) * other[i], found[i], 1e-6f);
        }
      }
    }
  }

  @Test
  void asManyAreMixedAsWasAsked() throws IOException {
    TaughtViews views = views(MemoryPhotos.of(50, 50), 0.3);
    double mixed = 0;
    double own = 0;
    for (int round = 0; round < 40; round++) {
      for (int photo = 0; photo < 100; photo++) {
        TaughtViews.Mixture mixture = views.mixture(round, photo);
        mixed += mixture.other() == photo ? 0 : 1;
        own += mixture.other() == photo ? 0 : mixture.own();
      }
    }
    assertEquals(0.3, mixed / 4000, 0.03);
    assertEquals(0.5, own / mixed, 0.03);
  }

  @Test
  void roundsDifferAndComeAgain() throws IOException {
    TaughtViews views = views(MemoryPhotos.of(4, 4), 0.5);
    assertArrayEquals(views.picture(1, 3, STUDENT), views.picture(1, 3, STUDENT));
    assertTrue(difference(views.picture(0, 3, STUDENT), views.picture(1, 3, STUDENT)) > 0.01);
    Distillation how = MeanTeacher.how(2, 0.5, 3);
    assertEquals(List.of(0, 1, 2, 0, 1), IntStream.rangeClosed(1, 5).mapToObj(how::round).toList());
  }
}
