package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.dataset.PhotoCache;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.saliency.PaintedClassifier;

class MovedPhotosTest {
  private static final Canvas CANVAS = Canvas.square(16);

  /** Cats are dark in the middle of the photo, others everywhere but there. */
  private static GrayImage photo(boolean cat) {
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      boolean middle = Math.abs(CANVAS.x(i) - 7.5) < 4.5 && Math.abs(CANVAS.y(i) - 7.5) < 4.5;
      values[i] = middle == cat ? 0 : 1;
    }
    return new GrayImage(CANVAS, values);
  }

  private static List<CachedPhoto> photos(int count) throws IOException {
    List<Photo> photos =
        IntStream.range(0, count)
            .mapToObj(
                i -> new Photo(Path.of(i + ".png"), i % 2 == 0 ? Label.CAT : Label.NOT_CAT, "here"))
            .toList();
    return PhotoCache.decode(
            photos,
            file -> photo(Integer.parseInt(file.toString().replace(".png", "")) % 2 == 0),
            1,
            done -> {})
        .photos();
  }

  private static MovedPhotos.Correct classify(ToDoubleFunction<float[]> logit, double most)
      throws IOException {
    return new MovedPhotos(photos(60), most, 3)
        .classify(new PaintedClassifier(CANVAS, logit), 7, done -> {}, () -> false);
  }

  private static double middle(float[] gray) {
    double sum = 0;
    for (int i = 0; i < gray.length; i++) {
      boolean middle = CANVAS.x(i) / 4 % 3 != 0 && CANVAS.y(i) / 4 % 3 != 0;
      sum += middle ? gray[i] - 0.5 : 0;
    }
    return sum;
  }

  private static double all(float[] gray) {
    double sum = 0;
    for (float value : gray) {
      sum += 0.5 - value;
    }
    // 81 of 256 pixels of a cat are dark, and 175 of another
    return sum;
  }

  @Test
  void aNetworkThatLooksInTheMiddleLosesAccuracy() throws IOException {
    MovedPhotos.Correct found = classify(MovedPhotosTest::middle, 0.5);
    assertEquals(1, MovedPhotos.Correct.share(found.inPlace()));
    double moved = MovedPhotos.Correct.share(found.moved());
    assertTrue(moved < 0.85, "accuracy " + moved);
    int lost = IntStream.range(0, 60).map(found::loss).sum();
    assertEquals(60 * (1 - moved), lost, 1e-9);
    assertEquals(found, classify(MovedPhotosTest::middle, 0.5));
  }

  @Test
  void withoutAShiftNothingIsLost() throws IOException {
    MovedPhotos.Correct found = classify(MovedPhotosTest::middle, 0);
    assertEquals(found.inPlace(), found.moved());
  }

  @Test
  void aNetworkThatCountsInkLosesLess() throws IOException {
    MovedPhotos.Correct counted = classify(MovedPhotosTest::all, 0.5);
    assertEquals(1, MovedPhotos.Correct.share(counted.inPlace()));
    assertTrue(
        MovedPhotos.Correct.share(counted.moved())
            > MovedPhotos.Correct.share(classify(MovedPhotosTest::middle, 0.5).moved()));
  }

  @Test
  void takesAtMostAThousandEvenlyAndStops() throws IOException {
    List<CachedPhoto> many = photos(2_500);
    MovedPhotos some = new MovedPhotos(many, 0.5, 1);
    assertEquals(1_000, some.count());
    PaintedClassifier constant = PaintedClassifier.constant(CANVAS);
    List<Integer> done = new ArrayList<>();
    MovedPhotos.Correct found = some.classify(constant, 300, done::add, () -> false);
    // a logit of 0 is no cat; 2.5 is not even, so both labels are there
    assertEquals(0.5, MovedPhotos.Correct.share(found.inPlace()), 0.01);
    assertEquals(List.of(600, 1_200, 1_800, 2_000), done);
    assertEquals(2_000, constant.scored);
    assertThrows(
        CancellationException.class,
        () -> some.classify(constant, 300, progress -> {}, () -> true));
  }
}
