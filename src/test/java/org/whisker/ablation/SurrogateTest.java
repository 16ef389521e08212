package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Surrogate.Curve;
import org.whisker.ablation.Surrogate.Kind;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.GrayImage;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.PlantedModel;
import org.whisker.random.SplitMix64;

/** On formulas, of which it is known what a surrogate can find of them. */
class SurrogateTest {
  private static final PlantedModel SUM =
      new PlantedModel(
          Plant.known("sum", c -> PlantedFormula.blank().withGain(PlantMaps.edge(0.2, 0.06))));

  /** A cost of the centre that only a single pixel pays in full. */
  private static final PlantedModel PAID_ONCE =
      new PlantedModel(
          Plant.known("once", c -> PlantedFormula.blank().withAlone(PlantMaps.edge(0, 1))));

  private static List<BlackPixels> images(Canvas canvas) {
    SplitMix64 random = SplitMix64.stream(7, "test", 0);
    List<BlackPixels> images = new ArrayList<>(List.of(BlackPixels.none(canvas)));
    for (int count = 1; count < 20; count++) {
      images.add(BlackPixels.of(canvas, random.ints(count, 0, canvas.pixels()).toArray()));
    }
    return images;
  }

  private static float[] network(AblatedModel model, List<BlackPixels> images) {
    try (Classifier classifier = model.open(new ModelVariant.AsStored())) {
      return classifier.logits(images);
    }
  }

  private static double error(float[] seen, float[] told) {
    double sum = 0;
    for (int i = 0; i < seen.length; i++) {
      sum += Math.abs(seen[i] - told[i]);
    }
    return sum / seen.length;
  }

  @Test
  void singleEffectsAreAllOfASum() {
    List<BlackPixels> images = images(SUM.canvas());
    float[] seen = network(SUM, images);
    assertArrayEquals(seen, Surrogate.of(SUM, Kind.SINGLES, 1).logits(images), 1e-4f);
    // no pixel harms, so there is nothing to saturate, and pairs add nothing
    assertArrayEquals(seen, Surrogate.of(SUM, Kind.DOSE_RESPONSE, 1).logits(images), 1e-4f);
    assertArrayEquals(seen, Surrogate.of(SUM, Kind.PAIRS, 1).logits(images), 1e-3f);
  }

  /** As many pixels as surrogates are fitted to. */
  private static List<BlackPixels> inTheMiddle(Canvas canvas) {
    int[] middle = PixelRefund.places(new EdgeBins(canvas, 5), 4);
    List<BlackPixels> images = new ArrayList<>();
    for (int count = 0; count <= 64; count++) {
      images.add(BlackPixels.of(canvas, Arrays.copyOf(middle, count)));
    }
    return images;
  }

  @Test
  void harmThatIsPaidOnceSaturates() {
    List<BlackPixels> images = inTheMiddle(PAID_ONCE.canvas());
    float[] seen = network(PAID_ONCE, images);
    double added = error(seen, Surrogate.of(PAID_ONCE, Kind.SINGLES, 1).logits(images));
    float[] byDose = Surrogate.of(PAID_ONCE, Kind.DOSE_RESPONSE, 1).logits(images);
    assertTrue(error(seen, byDose) < added / 100, error(seen, byDose) + " of " + added);
  }

  /** A function that may not fall would take what the others gain for a gain of the first. */
  @Test
  void aCostOfTheFirstPixelIsFollowedWhereTheOthersGain() {
    PlantedModel closed =
        new PlantedModel(
            Plant.known(
                "closed",
                c ->
                    PlantedFormula.blank()
                        .withAlone(PlantMaps.edge(0, 1))
                        .withGain(PlantMaps.even(0.3))));
    List<BlackPixels> images = inTheMiddle(closed.canvas());
    float[] seen = network(closed, images);
    assertTrue(seen[1] > seen[0] && seen[9] < seen[0], Arrays.toString(seen));
    float[] told = Surrogate.of(closed, Kind.DOSE_RESPONSE, 1).logits(images);
    assertEquals(seen[1], told[1], 0.01f);
    assertTrue(error(seen, told) < 0.2, Arrays.toString(told) + " for " + Arrays.toString(seen));
  }

  @Test
  void aCurveGoesThroughTheOriginAndTheMeansOfNeighbours() {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(new Curve.Point(1, i % 2 == 0 ? 2 : 4));
      points.add(new Curve.Point(3, 1));
      points.add(new Curve.Point(0, 100));
    }
    points.add(new Curve.Point(5, -1));
    Curve curve = Curve.of(points);
    double[] x = {0, 0.5, 1, 2, 3, 4, 5, 50};
    double[] y = {0, 1.5, 3, 2, 1, 0, -1, -1};
    assertArrayEquals(y, Arrays.stream(x).map(curve::at).toArray(), 1e-12);
    assertEquals(0, Curve.of(List.of()).at(2));
  }

  @Test
  void theShuffledOneHasTheSameEffectsElsewhere() {
    Canvas canvas = SUM.canvas();
    List<BlackPixels> each = new ArrayList<>();
    for (int pixel = 0; pixel < canvas.pixels(); pixel++) {
      each.add(BlackPixels.of(canvas, pixel));
    }
    float[] own = Surrogate.of(SUM, Kind.SINGLES, 1).logits(each);
    float[] shuffled = Surrogate.of(SUM, Kind.SHUFFLED, 1).logits(each);
    assertTrue(!Arrays.equals(own, shuffled));
    Arrays.sort(own);
    Arrays.sort(shuffled);
    assertArrayEquals(own, shuffled, 1e-5f);
  }

  @Test
  void aTemplateFindsWhereBlocksDiffer() {
    Surrogate template = Surrogate.of(SUM, Kind.TEMPLATE, 1);
    Canvas canvas = SUM.canvas();
    float[] logits =
        template.logits(
            List.of(
                BlackPixels.none(canvas),
                BlackPixels.of(canvas, 0),
                BlackPixels.of(canvas, canvas.height() / 2 * canvas.width() + canvas.width() / 2)));
    assertEquals(network(SUM, List.of(BlackPixels.none(canvas)))[0], logits[0], 1e-5f);
    assertTrue(logits[1] < logits[2], Arrays.toString(logits));
  }

  @Test
  void theSameSeedGivesTheSameAndAnyPictureOfPixelsIsRead() {
    List<BlackPixels> images = images(SUM.canvas());
    float[] once = Surrogate.of(SUM, Kind.TEMPLATE, 3).logits(images);
    Surrogate again = Surrogate.of(SUM, Kind.TEMPLATE, 3);
    assertArrayEquals(once, again.logits(images.stream().map(GrayImage::of).toList()));
  }
}
