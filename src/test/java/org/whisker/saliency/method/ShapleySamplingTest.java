package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.ShapleyMethod.ShapleySampling;

class ShapleySamplingTest {
  private static final Canvas CANVAS = new Canvas(4, 3);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 0, 3, 5, 6, 11);

  private static ShapleySampling sample(
      PaintedClassifier classifier, BlackPixels image, int permutations, long seed, int batch) {
    ShapleyOptions options = new ShapleyOptions(permutations, seed);
    return ShapleySampling.of(classifier, image, options, batch, done -> {}, () -> false)
        .orElseThrow();
  }

  /** Pixels work together: nothing but whole products. Pixel 11 does nothing. */
  private static PaintedClassifier product() {
    return new PaintedClassifier(
        CANVAS, gray -> 4 * gray[0] * gray[3] - 2 * gray[5] * gray[6] * gray[0] + gray[3]);
  }

  /** By its definition: over all sets of the other players. */
  private static double exact(PaintedClassifier classifier, BlackPixels image, int player) {
    int n = image.count();
    double value = 0;
    for (int set = 0; set < 1 << n; set++) {
      if ((set >> player & 1) == 0) {
        int size = Integer.bitCount(set);
        double weight = factorial(size) * factorial(n - size - 1) / factorial(n);
        BlackPixels without = part(image, set);
        float[] logits = classifier.logits(List.of(without, without.with(image.get(player))));
        value += weight * (logits[1] - logits[0]);
      }
    }
    return value;
  }

  private static BlackPixels part(BlackPixels image, int set) {
    BlackPixels part = image;
    for (int i = 0; i < image.count(); i++) {
      part = (set >> i & 1) == 0 ? part.without(image.get(i)) : part;
    }
    return part;
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }

  @Test
  void comesNearTheExactValues() {
    PaintedClassifier classifier = product();
    ShapleySampling found = sample(classifier, IMAGE, 2000, 1, 64);
    for (int i = 0; i < IMAGE.count(); i++) {
      ShapleySampling.Pixel pixel = found.pixels().get(i);
      assertEquals(
          exact(classifier, IMAGE, i), pixel.value(), 4 * pixel.standardError() + 1e-9, "" + i);
      assertTrue(pixel.standardError() < 0.05);
      assertEquals((float) pixel.value(), found.map().at(pixel.x(), pixel.y()));
      assertEquals((float) pixel.standardError(), found.standardError().at(pixel.x(), pixel.y()));
    }
    assertEquals(0, found.pixels().get(4).value());
    assertEquals(0, found.pixels().get(4).standardError());
    assertEquals(0, found.map().at(1));
  }

  @Test
  void standardErrorIsTheSpreadOverSeeds() {
    PaintedClassifier classifier = product();
    double exact = exact(classifier, IMAGE, 0);
    double squares = 0;
    double error = 0;
    int seeds = 300;
    for (int seed = 0; seed < seeds; seed++) {
      ShapleySampling.Pixel pixel = sample(classifier, IMAGE, 20, seed, 64).pixels().get(0);
      squares += (pixel.value() - exact) * (pixel.value() - exact) / seeds;
      error += pixel.standardError() * pixel.standardError() / seeds;
    }
    assertEquals(Math.sqrt(squares), Math.sqrt(error), 0.15 * Math.sqrt(error));
  }

  @Test
  void addsUpForEveryNumberOfOrders() {
    for (int permutations : new int[] {4, 6, 50}) {
      ShapleySampling found = sample(product(), IMAGE, permutations, 7, 64);
      assertEquals(0, found.completenessError(), 1e-12);
      assertEquals(3, found.whiteLogit());
      assertEquals(0, found.logit());
    }
  }

  @Test
  void ofALinearClassifierIsExactAndBelow0HelpsTheCat() {
    float[] weights = PaintedClassifier.weights(CANVAS);
    ShapleySampling found = sample(PaintedClassifier.linear(CANVAS, weights), IMAGE, 4, 1, 2);
    for (int i = 0; i < IMAGE.count(); i++) {
      assertEquals(0.0 - weights[IMAGE.get(i)], found.pixels().get(i).value());
      assertEquals(0, found.pixels().get(i).standardError());
    }
    assertEquals(SignConvention.CONTENT_TOWARDS_NOT_TARGET, found.map().sign());
  }

  @Test
  void anOrderAndItsReverseAreExactForTwoPixels() {
    BlackPixels two = BlackPixels.of(CANVAS, 0, 3);
    ShapleySampling found = sample(product(), two, 4, 1, 3);
    for (int i = 0; i < 2; i++) {
      assertEquals(exact(product(), two, i), found.pixels().get(i).value(), 1e-12);
      assertEquals(0, found.pixels().get(i).standardError(), 1e-12);
    }
  }

  @Test
  void doesNotDependOnBatches() {
    ShapleySampling one = sample(product(), IMAGE, 10, 3, 1);
    for (int batchSize : new int[] {2, 3, 64}) {
      PaintedClassifier classifier = product();
      assertEquals(one, sample(classifier, IMAGE, 10, 3, batchSize));
      assertTrue(classifier.largestBatch <= batchSize);
      assertEquals(new ShapleyOptions(10, 3).pictures(5), classifier.scored);
    }
    assertTrue(!one.equals(sample(product(), IMAGE, 10, 4, 1)));
  }

  @Test
  void noneOrOnePixel() {
    ShapleySampling none = sample(product(), BlackPixels.none(CANVAS), 4, 1, 2);
    assertTrue(none.map().isZero());
    assertEquals(0, none.completenessError());
    ShapleySampling one = sample(product(), BlackPixels.of(CANVAS, 3), 4, 1, 2);
    assertEquals(-5, one.pixels().get(0).value());
    assertTrue(sample(PaintedClassifier.constant(CANVAS), IMAGE, 4, 1, 2).map().isZero());
  }

  @Test
  void tellsProgressStopsAndRefuses() {
    List<Integer> done = new ArrayList<>();
    ShapleyOptions options = new ShapleyOptions(4, 1);
    BlackPixels two = BlackPixels.of(CANVAS, 0, 3);
    assertTrue(ShapleySampling.of(product(), two, options, 4, done::add, () -> false).isPresent());
    assertEquals(List.of(4, 6), done);
    assertTrue(ShapleySampling.of(product(), two, options, 4, done::add, () -> true).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new ShapleyOptions(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new ShapleyOptions(5, 1));
    BlackPixels other = BlackPixels.none(Canvas.square(2));
    assertThrows(IllegalArgumentException.class, () -> sample(product(), other, 4, 1, 1));
  }
}
