package org.whisker.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

class PhotoCacheTest {
  private static final List<Photo> PHOTOS =
      IntStream.range(0, 20)
          .mapToObj(i -> new Photo(Path.of("photo" + i), Label.CAT, "here"))
          .toList();

  /** Photo i is i+1 pixels wide and all of gray i. */
  private static GrayImage decode(Path file) throws IOException {
    int i = Integer.parseInt(file.toString().substring("photo".length()));
    if (i % 5 == 3) {
      throw new IOException("no picture");
    }
    return GrayImage.filled(new Canvas(i + 1, 2), i / 255f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void keepsOrderAndSizesOnAnyNumberOfThreads(int threads) throws IOException {
    List<Integer> counts = new ArrayList<>();
    PhotoCache cache = PhotoCache.decode(PHOTOS, PhotoCacheTest::decode, threads, counts::add);

    assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), counts);
    assertEquals(16, cache.photos().size());
    int last = -1;
    for (CachedPhoto photo : cache.photos()) {
      int i = photo.canvas().width() - 1;
      assertTrue(i > last);
      assertEquals(PHOTOS.get(i), photo.photo());
      assertEquals(i, photo.gray(photo.canvas().pixels() - 1));
      last = i;
    }
    assertEquals(
        List.of(PHOTOS.get(3), PHOTOS.get(8), PHOTOS.get(13), PHOTOS.get(18)),
        cache.unreadable().stream().map(PhotoCache.Unreadable::photo).toList());
  }

  @Test
  void namesOnlySomeOfTheUnreadable() throws IOException {
    PhotoCache cache = PhotoCache.decode(PHOTOS, PhotoCacheTest::decode, 2, done -> {});
    assertEquals(
        "4 of 20 photos can't be read and are left out: photo3 (no picture), photo8 (no picture),"
            + " and more",
        cache.unreadableSummary(2));
    assertTrue(cache.unreadableSummary(4).endsWith("photo18 (no picture)"));
  }

  @Test
  void failsWhenNothingCanBeRead() {
    List<Photo> broken = List.of(PHOTOS.get(3));
    IOException e =
        assertThrows(
            IOException.class,
            () -> PhotoCache.decode(broken, PhotoCacheTest::decode, 1, done -> {}));
    assertTrue(e.toString().contains(": 1 of 1 photos"), e::toString);
  }

  @Test
  void refusesNoThreads() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PhotoCache.decode(PHOTOS, PhotoCacheTest::decode, 0, done -> {}));
  }

  @Test
  void endsWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedIOException.class,
        () -> PhotoCache.decode(PHOTOS, PhotoCacheTest::decode, 1, done -> {}));
    assertTrue(Thread.interrupted());
  }

  @Test
  void paintsEachOfThe256GraysAsItWas() {
    Canvas canvas = Canvas.square(16);
    float[] grays = new float[canvas.pixels()];
    for (int i = 0; i < grays.length; i++) {
      grays[i] = i / 255f;
    }
    CachedPhoto photo = CachedPhoto.of(PHOTOS.get(0), new GrayImage(canvas, grays));
    float[] painted = new float[canvas.pixels()];
    photo.paint(painted, 0);
    assertArrayEquals(grays, painted);
    assertEquals(200, photo.gray(200));
  }
}
