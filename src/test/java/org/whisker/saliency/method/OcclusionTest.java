package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.OcclusionMethod.Coverage;
import org.whisker.saliency.method.OcclusionMethod.Occlusion;

class OcclusionTest {
  private static final Canvas CANVAS = new Canvas(7, 5);
  private static final float[] WEIGHTS = PaintedClassifier.weights(CANVAS);
  private final PaintedClassifier linear = PaintedClassifier.linear(CANVAS, WEIGHTS);

  private static Occlusion occlude(
      PaintedClassifier classifier, Raster picture, OcclusionOptions options, int batchSize) {
    return Occlusion.of(classifier, picture, options, batchSize, done -> {}, () -> false)
        .orElseThrow();
  }

  /** Grays in eighths, so that the logits of the linear classifier are exact. */
  private static GrayImage gray() {
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 5 % 8) / 8f;
    }
    return new GrayImage(CANVAS, values);
  }

  @ParameterizedTest
  @EnumSource(OcclusionBorder.class)
  void ofALinearClassifierIsTheMeanOverWindowsOfWhatTheyHide(OcclusionBorder border) {
    OcclusionOptions options = new OcclusionOptions(3, 2, 2, new Fill.Gray(0.25f), border);
    GrayImage picture = gray();
    int[] xs = border == OcclusionBorder.WRAP ? new int[] {0, 1, 3, 5} : new int[] {0, 2, 4};
    int[] ys =
        switch (border) {
          case FULL_WINDOWS -> new int[] {0, 2, 3};
          case CAPTUM -> new int[] {0, 2, 4};
          case WRAP -> new int[] {0, 1, 3};
        };
    double[] sums = new double[CANVAS.pixels()];
    int[] counts = new int[sums.length];
    for (int y0 : ys) {
      for (int x0 : xs) {
        List<Integer> hidden = new ArrayList<>();
        double change = 0;
        for (int y = y0; y < y0 + 2; y++) {
          for (int x = x0; x < x0 + 3; x++) {
            if (border == OcclusionBorder.WRAP || CANVAS.contains(x, y)) {
              int i = CANVAS.index(x % 7, y % 5);
              hidden.add(i);
              change += WEIGHTS[i] * (picture.at(i) - 0.25);
            }
          }
        }
        for (int i : hidden) {
          sums[i] += change;
          counts[i]++;
        }
      }
    }
    for (int batchSize : new int[] {1, 2, 3, 64}) {
      Occlusion found = occlude(linear, picture, options, batchSize);
      assertEquals(new Coverage(CANVAS, counts), found.coverage());
      assertEquals(xs.length * ys.length, found.windows());
      assertEquals(options.windows(CANVAS), found.windows());
      for (int i = 0; i < sums.length; i++) {
        assertEquals((float) (sums[i] / counts[i]), found.map().at(i), border + " pixel " + i);
      }
    }
    assertEquals(
        SignConvention.CONTENT_TOWARDS_NOT_TARGET,
        occlude(linear, picture, options, 1).map().sign());
  }

  @Test
  void fullWindowsCoverACornerOnceAndTheMiddleOften() {
    OcclusionOptions options = OcclusionOptions.square(3, 1, Fill.black());
    Coverage coverage = occlude(linear, gray(), options, 8).coverage();
    assertEquals(1, coverage.map().at(0, 0));
    assertEquals(1, coverage.map().at(6, 4));
    assertEquals(3, coverage.map().at(3, 0));
    assertEquals(9, coverage.map().at(3, 2));
    assertTrue(coverage.min() < coverage.max());
  }

  @Test
  void wrappedWindowsCoverEvenly() {
    OcclusionOptions one = new OcclusionOptions(3, 2, 1, Fill.black(), OcclusionBorder.WRAP);
    Coverage each = occlude(linear, gray(), one, 8).coverage();
    assertEquals(each.min(), each.max());
    Canvas even = new Canvas(8, 4);
    PaintedClassifier classifier = PaintedClassifier.linear(even, new float[32]);
    OcclusionOptions two = new OcclusionOptions(4, 2, 2, Fill.black(), OcclusionBorder.WRAP);
    Coverage coverage = occlude(classifier, BlackPixels.none(even), two, 8).coverage();
    assertEquals(2, coverage.min());
    assertEquals(2, coverage.max());
  }

  @ParameterizedTest
  @EnumSource(OcclusionBorder.class)
  void windowsThatChangeNothingAreNotScoredAndEqualPicturesOnce(OcclusionBorder border) {
    BlackPixels picture = BlackPixels.of(CANVAS, CANVAS.index(3, 2), CANVAS.index(4, 2));
    OcclusionOptions options = new OcclusionOptions(3, 3, 1, Fill.white(), border);
    Occlusion found = occlude(linear, picture, options, 2);
    // the left one alone, both, the right one alone
    assertEquals(3, found.scored());
    assertEquals(1 + 3, linear.scored);
    assertEquals(12 - 3, found.duplicates());
    assertEquals(options.windows(CANVAS) - 12, found.unchanged());
    double left = -WEIGHTS[CANVAS.index(3, 2)];
    double right = -WEIGHTS[CANVAS.index(4, 2)];
    double expected = (left + 2 * (left + right)) * 3 / found.coverage().map().at(3, 2);
    assertEquals((float) expected, found.map().at(3, 2));
    assertEquals(0, found.map().at(0, 0));
  }

  @Test
  void whiteOverWhiteScoresOnlyThePicture() {
    OcclusionOptions options = OcclusionOptions.square(2, 2, Fill.white());
    Occlusion found = occlude(linear, BlackPixels.none(CANVAS), options, 4);
    assertEquals(1, linear.scored);
    assertEquals(found.windows(), found.unchanged());
    assertTrue(found.map().isZero());
    assertEquals(1, found.coverage().min());
  }

  @Test
  void usesTheClassifiersOwnWayWithPatchesAndClosesIt() {
    QuickClassifier quick = new QuickClassifier(linear);
    OcclusionOptions options = new OcclusionOptions(3, 2, 2, Fill.black(), OcclusionBorder.WRAP);
    Occlusion found =
        Occlusion.of(quick, gray(), options, 5, done -> {}, () -> false).orElseThrow();
    assertEquals(found.scored(), quick.patches);
    assertTrue(quick.scorerClosed);
    assertEquals(found, occlude(linear, gray(), options, 5));
  }

  /** Scores patches by full passes, and notes that it was asked to. */
  private static final class QuickClassifier implements PatchClassifier {
    private final PaintedClassifier slow;
    private int patches;
    private boolean scorerClosed;

    QuickClassifier(PaintedClassifier slow) {
      this.slow = slow;
    }

    @Override
    public String name() {
      return "quick";
    }

    @Override
    public Canvas canvas() {
      return slow.canvas();
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      throw new UnsupportedOperationException("patches need no full passes");
    }

    @Override
    public PatchScorer patches(Raster base) {
      PatchScorer full = PatchScorer.full(slow, base);
      return new PatchScorer() {
        @Override
        public float baseLogit() {
          return full.baseLogit();
        }

        @Override
        public float[] logits(List<Patch> some) {
          patches += some.size();
          return full.logits(some);
        }

        @Override
        public void close() {
          scorerClosed = true;
        }
      };
    }

    @Override
    public void close() {}
  }

  @Test
  void constantClassifierGivesZero() {
    Occlusion found =
        occlude(
            PaintedClassifier.constant(CANVAS),
            gray(),
            OcclusionOptions.square(2, 1, Fill.white()),
            4);
    assertTrue(found.map().isZero());
    assertTrue(found.scored() > 0);
  }

  @ParameterizedTest
  @EnumSource(OcclusionBorder.class)
  void onePixel(OcclusionBorder border) {
    Canvas one = Canvas.square(1);
    PaintedClassifier classifier = PaintedClassifier.linear(one, new float[] {2});
    OcclusionOptions options = new OcclusionOptions(1, 1, 1, Fill.white(), border);
    Occlusion found = occlude(classifier, BlackPixels.of(one, 0), options, 4);
    assertEquals(-2, found.map().at(0));
    assertEquals(1, found.coverage().map().at(0));
  }

  @Test
  void aWindowAsLargeAsTheCanvasHidesAll() {
    OcclusionOptions options =
        new OcclusionOptions(7, 5, 5, Fill.black(), OcclusionBorder.FULL_WINDOWS);
    Occlusion found = occlude(linear, gray(), options, 4);
    assertEquals(1, found.windows());
    assertEquals(found.logit(), found.map().at(3, 3), 1e-6);
  }

  @Test
  void tellsProgressAndStops() {
    OcclusionOptions options = OcclusionOptions.square(3, 1, Fill.white());
    BlackPixels picture = BlackPixels.of(CANVAS, CANVAS.index(3, 2), CANVAS.index(4, 2));
    List<Integer> done = new ArrayList<>();
    assertTrue(Occlusion.of(linear, picture, options, 2, done::add, () -> false).isPresent());
    assertEquals(List.of(14, 15), done);
    done.clear();
    assertTrue(
        Occlusion.of(linear, picture, options, 2, done::add, () -> done.size() == 1).isEmpty());
    assertEquals(2, linear.largestBatch);
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    OcclusionOptions large = OcclusionOptions.square(6, 1, Fill.white());
    var e = assertThrows(IllegalArgumentException.class, () -> occlude(linear, gray(), large, 1));
    assertEquals("a 6x6 window is larger than the 7x5 canvas", e.getMessage());
    var gap =
        assertThrows(
            IllegalArgumentException.class, () -> OcclusionOptions.square(2, 3, Fill.white()));
    assertEquals("stride 3 leaves pixels out between 2x2 windows", gap.getMessage());
    Raster other = BlackPixels.none(Canvas.square(5));
    OcclusionOptions options = OcclusionOptions.square(2, 1, Fill.white());
    assertThrows(IllegalArgumentException.class, () -> occlude(linear, other, options, 1));
    assertThrows(IllegalArgumentException.class, () -> occlude(linear, gray(), options, 0));
  }

  @ParameterizedTest
  @CsvSource({"full-windows", "captum", "wrap"})
  void bordersAreReadAsTheyAreWritten(String text) {
    assertEquals(text, OcclusionBorder.parse(text).toString());
    assertThrows(IllegalArgumentException.class, () -> OcclusionBorder.parse(text + "s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"white", "black", "mean", "gray:0.5", "blur:2.0"})
  void fillsAreReadAsTheyAreWritten(String text) {
    assertEquals(text, Fill.parse(text).toString());
  }

  @Test
  void refusesFillsThatAreNone() {
    for (String text : List.of("red", "gray:", "gray:2", "gray:NaN", "blur:0", "blur:x")) {
      assertThrows(IllegalArgumentException.class, () -> Fill.parse(text), text);
    }
  }

  @Test
  void meanAndBlurKeepTheMean() {
    GrayImage picture = gray();
    double sum = 0;
    double blurred = 0;
    PlanarImage blur = new Fill.Blur(1.5).of(picture);
    for (int i = 0; i < CANVAS.pixels(); i++) {
      sum += picture.at(i);
      blurred += blur.at(i);
    }
    assertEquals(sum / CANVAS.pixels(), new Fill.Mean().of(picture).at(5), 1e-7);
    assertEquals(sum, blurred, 1e-5);
    GrayImage flat = GrayImage.filled(CANVAS, 0.5f);
    assertEquals(flat, new Fill.Blur(3).of(flat));
    // a single black pixel spreads as the product of two Gaussians
    GrayImage point =
        GrayImage.of(new Fill.Blur(0.8).of(BlackPixels.of(Canvas.square(21), 10 * 21 + 10)));
    double ratio = (1 - point.at(11, 12)) / (double) (1 - point.at(10, 10));
    assertEquals(Math.exp(-5 / (2 * 0.64)), ratio, 1e-5);
  }
}
