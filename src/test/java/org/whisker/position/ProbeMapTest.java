package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.position.ProbeMap.Probing;

class ProbeMapTest {
  private static final Canvas CANVAS = new Canvas(5, 3);
  // Multiples of 1/8, so that every sum is exact.
  private final float[] weights = new float[15];
  private final LinearClassifier classifier = new LinearClassifier(CANVAS, 0.5f, weights);

  ProbeMapTest() {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i * 7 % 15 - 6) / 8f;
    }
  }

  private ProbeMap probe(Raster background, int batchSize) {
    return ProbeMap.of(classifier, background, batchSize, done -> {}, () -> false).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, Integer.MAX_VALUE})
  void ofALinearClassifierIsItsWeights(int batchSize) {
    ProbeMap map = probe(BlackPixels.none(CANVAS), batchSize);
    double[] expected = new double[15];
    double sum = 0.5;
    for (int i = 0; i < 15; i++) {
      expected[i] = 0.0 - weights[i];
      sum += weights[i];
    }
    assertArrayEquals(expected, map.delta().values());
    assertEquals(sum, map.baseline());
    assertTrue(classifier.largestBatch <= batchSize);
    assertEquals("linear", map.classifier());
  }

  @Test
  void onAGrayBackgroundAPixelLosesItsGray() {
    float[] gray = new float[15];
    Arrays.fill(gray, 0.5f);
    gray[4] = 0;
    ProbeMap map = probe(new GrayImage(CANVAS, gray), 4);
    assertEquals(-weights[2] / 2, map.delta().at(2, 0));
    assertEquals(0, map.delta().at(4, 0));
    assertEquals(1 + 14, classifier.scored);
  }

  @Test
  void onBlackPixelsThoseAreZero() {
    ProbeMap map = probe(BlackPixels.of(CANVAS, 2, 14), 4);
    assertEquals(0, map.delta().at(14));
    assertEquals(-weights[12], map.delta().at(12));
    assertEquals(1 + 13, classifier.scored);
  }

  @Test
  void tellsProgressAndStops() {
    List<Integer> done = new ArrayList<>();
    BlackPixels white = BlackPixels.none(CANVAS);
    assertTrue(ProbeMap.of(classifier, white, 7, done::add, () -> false).isPresent());
    assertEquals(List.of(7, 14, 15), done);
    done.clear();
    assertTrue(ProbeMap.of(classifier, white, 7, done::add, () -> done.size() == 1).isEmpty());
    assertEquals(List.of(7), done);
  }

  /** Scores patches by its own way, and notes whether that was closed. */
  private static final class Quick implements PatchClassifier {
    private final LinearClassifier linear;
    int scored;
    int open;

    Quick(LinearClassifier linear) {
      this.linear = linear;
    }

    @Override
    public PatchScorer patches(Raster base) {
      open++;
      return new PatchScorer() {
        @Override
        public float baseLogit() {
          return 8;
        }

        @Override
        public float[] logits(List<Patch> patches) {
          float[] logits = new float[patches.size()];
          for (int i = 0; i < logits.length; i++) {
            logits[i] = 8 + CANVAS.index(patches.get(i).x(), patches.get(i).y());
          }
          scored += logits.length;
          return logits;
        }

        @Override
        public void close() {
          open--;
        }
      };
    }

    @Override
    public String name() {
      return "quick";
    }

    @Override
    public Canvas canvas() {
      return linear.canvas();
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return linear.logits(pictures);
    }

    @Override
    public void close() {}
  }

  @Test
  void takesTheQuickWayOfAClassifierThatHasOneAndClosesIt() {
    Quick quick = new Quick(classifier);
    BlackPixels background = BlackPixels.of(CANVAS, 3);
    ProbeMap map = ProbeMap.of(quick, background, 4, done -> {}, () -> false).orElseThrow();
    assertEquals(8, map.baseline());
    assertEquals(7, map.delta().at(7));
    assertEquals(0, map.delta().at(3));
    assertEquals(14, quick.scored);
    assertEquals(0, classifier.scored);
    assertEquals(0, quick.open);
    assertTrue(ProbeMap.of(quick, background, 4, done -> {}, () -> true).isEmpty());
    assertEquals(0, quick.open);
  }

  @Test
  void onePixelCanvas() {
    Canvas one = Canvas.square(1);
    LinearClassifier tiny = new LinearClassifier(one, 0, new float[] {2});
    ProbeMap map =
        ProbeMap.of(tiny, BlackPixels.none(one), 3, done -> {}, () -> false).orElseThrow();
    assertEquals(-2, map.delta().at(0));
  }

  @Test
  void refusesOtherSizesAndNaN() {
    assertThrows(
        IllegalArgumentException.class, () -> probe(BlackPixels.none(Canvas.square(5)), 1));
    assertThrows(IllegalArgumentException.class, () -> probe(BlackPixels.none(CANVAS), 0));
    weights[3] = Float.NaN;
    assertThrows(NoNumberException.class, () -> probe(BlackPixels.none(CANVAS), 2));
  }

  /** Of 2 by 2 positions the first, of the last column and row what is left of them. */
  @Test
  void aSampledMapHasTheValueOfOnePositionInEachSquare() {
    ProbeMap every = probe(BlackPixels.none(CANVAS), 4);
    List<Integer> progress = new ArrayList<>();
    ProbeMap map =
        new Probing(BlackPixels.none(CANVAS), 2)
            .finish(classifier, 4, progress::add, () -> false)
            .orElseThrow();
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        assertEquals(every.delta().at(x / 2 * 2, y / 2 * 2), map.delta().at(x, y));
      }
    }
    assertEquals(6, ProbeMap.positions(CANVAS, 2));
    assertEquals(15, progress.get(progress.size() - 1));
    assertEquals(every.baseline(), map.baseline());
    assertThrows(IllegalArgumentException.class, () -> new Probing(BlackPixels.none(CANVAS), 0));
  }

  @Test
  void goesOnWithWhatWasMeasured() {
    BlackPixels background = BlackPixels.of(CANVAS, 3);
    Probing first = new Probing(background, 1);
    List<Integer> done = new ArrayList<>();
    assertTrue(first.finish(classifier, 4, done::add, () -> done.size() == 2).isEmpty());
    assertEquals(List.of(5, 9), done);
    Probing second = new Probing(background, 1, first.measured());
    int before = classifier.scored;
    ProbeMap map = second.finish(classifier, 4, done::add, () -> false).orElseThrow();
    assertEquals(List.of(5, 9, 13, 15), done);
    assertEquals(1 + 6, classifier.scored - before); // white, and what was missing
    assertArrayEquals(probe(background, 64).delta().values(), map.delta().values());
    assertThrows(IllegalArgumentException.class, () -> new Probing(background, 1, new double[14]));
  }
}
