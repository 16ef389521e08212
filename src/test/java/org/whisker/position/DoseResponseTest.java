package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.command.Errors;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.position.DosePlan.Design;
import org.whisker.position.result.DoseTables.BarrierRow;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;

/** Costs of formulas are known exactly. */
class DoseResponseTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final double COST = 0.25;
  private static final int DEEP = 4;
  private static final Design DESIGN = Design.of(5);

  /** The logit by the ink within four rings of the border and outside of them. */
  private record Formula(ToDoubleFunction<double[]> logit) implements Classifier {
    @Override
    public String name() {
      return "formula";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        double[] ink = new double[2];
        float[] gray = pictures.get(i).grayValues();
        for (int p = 0; p < gray.length; p++) {
          ink[CANVAS.borderDistance(p) < DEEP ? 0 : 1] += 1 - gray[p];
        }
        logits[i] = (float) logit.applyAsDouble(ink);
      }
      return logits;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  @Test
  void coloursAreInkedAndRolledTogether() {
    float[] values = new float[3 * CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (1 + i % 97) / 100f;
    }
    PlanarImage base = PlanarImage.of(CANVAS, values);
    DosePlan plan = DosePlan.black(base, DESIGN);
    for (int number = 0; number < plan.size(); number += 7) {
      PlanarImage picture = PlanarImage.from(plan.picture(number));
      assertEquals(3, picture.planes());
      for (int i = 0; i < CANVAS.pixels(); i++) {
        boolean anyBlack = picture.plane(0).at(i) == 0 || picture.plane(2).at(i) == 0;
        assertEquals(anyBlack, picture.isBlackAt(i));
      }
    }
    assertEquals(base, plan.picture(0));
  }

  private static final Classifier LINEAR = new Formula(ink -> 1 + COST * ink[1]);
  private static final Classifier SATURATING =
      new Formula(ink -> 1 + 2 * (1 - Math.pow(0.5, ink[1])));
  private static final Classifier ALIKE = new Formula(ink -> 1 + COST * (ink[0] + ink[1]));
  private static final Classifier HELPFUL = new Formula(ink -> 1 - COST * ink[1]);

  private static DoseResponse response(Classifier classifier, Raster base, int batch) {
    DosePlan plan = DosePlan.black(base, DESIGN);
    double[] logits = plan.unmeasured();
    assertTrue(plan.measure(classifier, logits, batch, done -> {}, () -> false));
    return plan.response(logits);
  }

  private static DoseResponse white(Classifier classifier) {
    return response(classifier, BlackPixels.none(CANVAS), 100);
  }

  private static SplitMix64 random() {
    return new SplitMix64(1);
  }

  private static void allAre(double expected, double[] values) {
    for (double value : values) {
      assertEquals(expected, value, 1e-6);
    }
  }

  @Test
  void aLinearCostIsThatOfOnePixelTimesThePixels() {
    DoseResponse response = white(LINEAR);
    assertEquals(5, response.zones().size());
    assertEquals(1, response.baseline());
    for (int dose = 0; dose < 4; dose++) {
      int pixels = response.counts().get(dose);
      allAre(COST * pixels, response.cost(response.innermost(), dose));
      allAre(0, response.cost(0, dose));
      assertEquals(COST, response.nextPixel(response.innermost(), dose), 1e-6);
      assertEquals(0, response.nextPixel(0, dose), 1e-6);
    }
    DoseResponse.Summary summary = response.summary(random());
    assertEquals(40, summary.pixels());
    assertEquals(10, summary.height().value(), 1e-6);
    assertEquals(20, summary.half().map(Estimate::value).orElseThrow(), 1e-6);
    assertEquals(COST, summary.firstCentre().value(), 1e-6);
    assertEquals(0, summary.firstEdge().value(), 1e-6);
    assertFalse(summary.saturates());
    allAre(0, response.falling());
  }

  @Test
  void aSaturatingCostIsPaidByTheFirstPixels() {
    DoseResponse response = white(SATURATING);
    int centre = response.innermost();
    allAre(1, response.cost(centre, 0));
    allAre(1.75, response.cost(centre, 1));
    DoseResponse.Summary summary = response.summary(random());
    assertTrue(summary.pixels() >= 10);
    assertEquals(2, summary.height().value(), 2e-3);
    assertEquals(1, summary.half().map(Estimate::value).orElseThrow(), 2e-3);
    assertTrue(summary.saturates());
    assertTrue(summary.lastCentre() < 1e-4);
  }

  /** Two logits to pay in the middle, while every pixel anywhere is worth a quarter. */
  private static final Classifier WORTH =
      new Formula(ink -> 5 + 2 * Math.min(1, ink[1] / 4) - COST * (ink[0] + ink[1]));

  /** What pixels of the edge are worth is no part of what the middle has to pay. */
  @Test
  void aHeightIsWhatTheMiddlePaysAboveTheEdgeAndAboveNone() {
    DoseResponse response = white(WORTH);
    allAre(0.75, response.cost(response.innermost(), 1));
    allAre(1.5, response.contrast(1));
    allAre(2, response.contrast(3));
    DoseResponse.Summary summary = response.summary(random());
    assertEquals(3, summary.pixels());
    assertEquals(0.75, summary.height().value(), 1e-6);
    assertEquals(1.5, summary.half().map(Estimate::value).orElseThrow(), 1e-6);
  }

  @Test
  void thePlaceOfANetworkIsBeyondItsRolls() {
    DoseResponse response = white(LINEAR);
    // 576 of 1024 pixels are within four rings
    double average = COST * 576 / 1024;
    double rolled =
        Arrays.stream(response.rolled(response.innermost(), 3).orElseThrow())
            .average()
            .orElseThrow();
    assertEquals(40 * average, rolled, 1);
    assertTrue(response.rolled(2, 0).isEmpty());
    DoseResponse.Barrier barrier = response.barrier();
    assertEquals(10, barrier.estimate(random()).value(), 1);
    assertTrue(barrier.p(999, random()) <= 0.001);
    assertTrue(barrier.pEquivalence(0.1) > 0.9);
  }

  @Test
  void noBarrierWherePlacesAreAlike() {
    DoseResponse.Barrier barrier = white(ALIKE).barrier();
    assertEquals(0, barrier.estimate(random()).value(), 1e-6);
    assertTrue(barrier.pEquivalence(0.1) < 1e-6);
  }

  @Test
  void helpInTheCentreIsTheOpposite() {
    DoseResponse response = white(HELPFUL);
    DoseResponse.Barrier barrier = response.barrier();
    assertTrue(barrier.estimate(random()).value() < -0.1);
    assertTrue(barrier.p(999, random()) <= 0.001);
    assertTrue(response.summary(random()).half().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, Integer.MAX_VALUE})
  void batchesDoNotMatter(int batch) {
    DoseResponse expected = white(SATURATING);
    DoseResponse other = response(SATURATING, BlackPixels.none(CANVAS), batch);
    for (int zone = 0; zone < 5; zone++) {
      for (int dose = 0; dose < 4; dose++) {
        assertArrayEquals(expected.cost(zone, dose), other.cost(zone, dose));
      }
    }
    assertEquals(DoseRow.of("white", expected, random()), DoseRow.of("white", other, random()));
    assertEquals(
        BarrierRow.of("white", expected, random()), BarrierRow.of("white", other, random()));
  }

  /** It is the network's fault, not whisker's. */
  @Test
  void aLogitThatIsNoNumberEndsInALine() {
    Classifier none = new Formula(ink -> ink[0] + ink[1] > 0 ? Double.NaN : 1);
    NoNumberException thrown = assertThrows(NoNumberException.class, () -> white(none));
    assertEquals(
        new Errors(
            1,
            "the logit of a picture with black pixels is NaN: the network gives no number there"),
        Errors.of(thrown));
  }

  @Test
  void whatWasScoredIsKept() {
    DosePlan plan = DosePlan.black(BlackPixels.none(CANVAS), DESIGN);
    double[] logits = plan.unmeasured();
    int[] asked = {0};
    assertFalse(plan.measure(LINEAR, logits, 64, done -> {}, () -> asked[0]++ == 3));
    assertEquals(192, Arrays.stream(logits).filter(logit -> !Double.isNaN(logit)).count());
    int[] done = {0};
    assertTrue(plan.measure(LINEAR, logits, 64, n -> done[0] = n, () -> false));
    assertEquals(plan.size(), done[0]);
    assertArrayEquals(white(LINEAR).contrast(2), plan.response(logits).contrast(2));
  }

  @Test
  void dosesAreNestedAndOnTheSamePlacesForEveryBase() {
    DosePlan plan = DosePlan.black(BlackPixels.none(CANVAS), DESIGN);
    float[] gray = new float[CANVAS.pixels()];
    Arrays.fill(gray, 0.5f);
    DosePlan onGray = DosePlan.black(new GrayImage(CANVAS, gray), DESIGN);
    Set<Integer> one = black(plan.picture(1));
    Set<Integer> three = black(plan.picture(2));
    assertEquals(1, one.size());
    assertEquals(3, three.size());
    assertTrue(three.containsAll(one));
    assertEquals(three, black(onGray.picture(2)));
    assertEquals(0, black(plan.picture(0)).size());
  }

  @Test
  void onAnImageItsOwnPixelsStayAndRollTogether() {
    BlackPixels base = BlackPixels.of(CANVAS, 0, 40, 500);
    DosePlan plan = DosePlan.black(base, DESIGN);
    int last = plan.size() - 1;
    assertEquals(43, black(plan.picture(last)).size());
    assertTrue(black(plan.picture(4)).containsAll(Set.of(0, 40, 500)));
    DoseResponse response = response(LINEAR, base, 50);
    allAre(COST * 40, response.cost(response.innermost(), 3));
    GrayImage same = GrayImage.of(base);
    DoseResponse asGray = response(LINEAR, same, 50);
    assertArrayEquals(response.cost(3, 2), asGray.cost(3, 2));
    assertArrayEquals(response.rolled(0, 1).orElseThrow(), asGray.rolled(0, 1).orElseThrow());
  }

  @Test
  void severalBasesAreUnits() {
    List<DoseResponse> bases =
        List.of(white(LINEAR), white(SATURATING), response(ALIKE, BlackPixels.of(CANVAS, 3), 10));
    DoseResponse pooled = DoseResponse.pooled(bases);
    assertEquals(3, pooled.units());
    assertArrayEquals(new double[] {0.25, 1, 0.25}, pooled.cost(pooled.innermost(), 0), 1e-6);
    assertArrayEquals(new double[] {0, 0, 0.75}, pooled.cost(0, 1), 1e-6);
  }

  @Test
  void impossibleDosesAreRefused() {
    assertMessage("at least 1, was 0,3", () -> DESIGN.withCounts(List.of(0, 3)));
    assertMessage("must rise", () -> DESIGN.withCounts(List.of(3, 3)));
    assertMessage("at least 1", () -> DESIGN.withCounts(List.of()));
    assertMessage(
        "a count of 500 is more than the zone",
        () -> DosePlan.black(BlackPixels.none(CANVAS), DESIGN.withCounts(List.of(1, 500))));
    assertMessage("no zones", () -> DosePlan.black(BlackPixels.none(Canvas.square(2)), DESIGN));
    assertEquals(176, DosePlan.room(BlackPixels.none(CANVAS), 0, 5), "rings 4 and 5");
  }

  @Test
  void dosesThatDoNotFitOnATinyCanvasAreLeftOut() {
    Design design = Design.of(1);
    assertEquals(design, design.on(CANVAS));
    Canvas tiny = Canvas.square(16);
    Design fitting = design.on(tiny);
    assertEquals(List.of(1, 3, 10), fitting.counts());
    DosePlan.black(BlackPixels.none(tiny), fitting);
    assertEquals(List.of(1, 3), design.on(Canvas.square(4)).counts());
  }

  private static void assertMessage(String part, Runnable made) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, made::run).getMessage());
    assertTrue(message.contains(part), message);
  }

  private static Set<Integer> black(Raster picture) {
    float[] gray = picture.grayValues();
    Set<Integer> black = new HashSet<>();
    IntStream.range(0, gray.length).filter(i -> gray[i] == 0).forEach(black::add);
    return black;
  }

  @Test
  void aDesignKnowsHowManyPicturesItHas() {
    Design few = DESIGN.withDraws(3, 2);
    BlackPixels marked = BlackPixels.of(CANVAS, 5);
    assertEquals(DosePlan.black(BlackPixels.none(CANVAS), few).size(), few.pictures(true));
    assertEquals(DosePlan.black(marked, few).size(), few.pictures(false));
  }
}
