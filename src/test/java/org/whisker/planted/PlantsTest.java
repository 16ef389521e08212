package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TrainingChange;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;

/** Each plant has the property that it claims, measured on its logits. */
class PlantsTest {
  private static final Canvas CANVAS = PlantMaps.CANVAS;
  private static final ModelVariant STORED = new ModelVariant.AsStored();
  private static final ModelVariant REPLICATE = new ModelVariant.OtherPadding("replicate");
  private static final IntPredicate EDGE = p -> CANVAS.borderDistance(p) < 4;

  static List<PlantedModel> plants() {
    return Plants.shared().stream().map(PlantedModel::new).toList();
  }

  private static PlantedModel plant(String id) {
    return new PlantedModel(named(id));
  }

  /** Mean logit of twenty images of 24 pixels, scattered over the places that are asked for. */
  private static double logit(PlantedModel model, ModelVariant variant, IntPredicate where) {
    return logit(model, variant, where, Tones.standard());
  }

  private static double logit(
      PlantedModel model, ModelVariant variant, IntPredicate where, Tones tones) {
    List<Raster> images = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      images.add(tones.painted(scattered(where, i)));
    }
    try (Classifier classifier = model.open(variant)) {
      float[] logits = classifier.logits(images);
      return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).average().orElseThrow();
    }
  }

  private static BlackPixels scattered(IntPredicate where, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int[] places = IntStream.range(0, CANVAS.pixels()).filter(where).toArray();
    int[] drawn =
        IntStream.generate(() -> places[random.nextInt(places.length)])
            .distinct()
            .limit(24)
            .toArray();
    return BlackPixels.of(CANVAS, drawn);
  }

  private static BlackPixels rolled(BlackPixels image, int dx, int dy) {
    return BlackPixels.of(
        CANVAS,
        IntStream.of(image.indices())
            .map(p -> CANVAS.index((CANVAS.x(p) + dx) % 32, (CANVAS.y(p) + dy) % 32))
            .toArray());
  }

  private static double[] alone(PlantedModel model) {
    return model.probe(100, done -> {}, () -> false).delta().values();
  }

  private static double mean(double[] map, IntPredicate where) {
    return IntStream.range(0, map.length)
        .filter(where)
        .mapToDouble(p -> map[p])
        .average()
        .orElse(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edge-benefit",
        "padding",
        "training-position",
        "background",
        "distractor",
        "head"
      })
  void theEdgeIsWorthMore(String id) {
    PlantedModel model = plant(id);
    double gap = logit(model, STORED, EDGE.negate()) - logit(model, STORED, EDGE);
    assertEquals(24 * 0.14, gap, 0.01);
  }

  @Test
  void theCentreIsWorthMore() {
    PlantedModel model = plant("centre-benefit");
    assertTrue(
        logit(model, STORED, EDGE) > logit(model, STORED, p -> CANVAS.borderDistance(p) >= 8) + 3);
    assertTrue(model.refusal(REPLICATE).isPresent());
    assertThrows(IllegalArgumentException.class, () -> model.open(REPLICATE));
  }

  @Test
  void aCostWithoutABiasIsOfOnePixelAlone() {
    PlantedModel model = plant("price-without-bias");
    double[] alone = alone(model);
    assertEquals(0, mean(alone, EDGE), 1e-6);
    assertEquals(0.6, mean(alone, EDGE.negate()), 1e-6);
    BlackPixels image = scattered(p -> true, 3);
    try (Classifier classifier = model.open(STORED)) {
      float[] logits = classifier.logits(List.of(image, rolled(image, 7, 13)));
      assertEquals(logits[0], logits[1], 1e-6);
    }
  }

  @Test
  void eachCauseIsGoneWhenItIsTakenAway() {
    assertGone("padding", REPLICATE);
    assertGone("training-position", retrained(new TrainingChange.Shift(0.5)));
    assertGone("head", retrained(new TrainingChange.NewHead(true)));
    PlantedModel background = plant("background");
    Tones black = new Tones(0, 1);
    assertEquals(
        logit(background, STORED, EDGE, black),
        logit(background, STORED, EDGE.negate(), black),
        1e-4);
  }

  /** Networks of one recipe differ a little, but not in depth. */
  private static void assertGone(String id, ModelVariant variant) {
    PlantedModel model = plant(id);
    assertEquals(logit(model, variant, EDGE), logit(model, variant, EDGE.negate()), 0.3);
  }

  private static ModelVariant retrained(TrainingChange change) {
    return new ModelVariant.Retrained(change, "planted");
  }

  @Test
  void otherInterventionsChangeNothing() {
    for (String id : List.of("edge-benefit", "position-blind", "sides", "strides")) {
      PlantedModel model = plant(id);
      double own = logit(model, STORED, p -> true);
      assertEquals(own, logit(model, REPLICATE, p -> true), 0);
      assertEquals(own, logit(model, STORED, p -> true, new Tones(0, 1)), 1e-5);
    }
  }

  @Test
  void networksOfOneRecipeDiffer() {
    PlantedModel model = plant("position-blind");
    ModelVariant own = retrained(new TrainingChange.None());
    assertTrue(logit(model, own, p -> true) != logit(model, own.ofNetwork(1), p -> true));
  }

  @Test
  void columnsAndSidesLieAsDeepAsTheCanvas() {
    for (String id : List.of("strides", "sides")) {
      double[] alone = alone(plant(id));
      double least = DoubleStream.of(alone).min().orElseThrow();
      EdgeRank rank = new EdgeRank(CANVAS);
      double best =
          IntStream.range(0, alone.length)
              .filter(p -> alone[p] < least + 1e-4)
              .mapToDouble(rank::of)
              .average()
              .orElseThrow();
      assertEquals(0.5, best, 1e-9, id);
    }
    try (Classifier strides = plant("strides").open(STORED)) {
      BlackPixels image = scattered(p -> CANVAS.x(p) % 2 == 1, 1);
      float[] logits = strides.logits(List.of(image, rolled(image, 8, 4), rolled(image, 1, 0)));
      assertEquals(logits[0], logits[1], 0);
      assertEquals(24 * 0.14, logits[2] - logits[0], 1e-4);
    }
  }

  @Test
  void positionBlindSeesThePatternAlone() {
    try (Classifier classifier = plant("position-blind").open(STORED)) {
      BlackPixels pair = BlackPixels.of(CANVAS, 0, CANVAS.index(6, 10));
      BlackPixels apart = BlackPixels.of(CANVAS, 0, CANVAS.index(7, 10));
      float[] logits =
          classifier.logits(List.of(pair, rolled(pair, 29, 30), apart, BlackPixels.none(CANVAS)));
      assertEquals(logits[0], logits[1], 0);
      assertEquals(logits[2], logits[3], 0);
      assertEquals(2 * 0.25 * (1 - Math.exp(-1)), logits[2] - logits[0], 1e-5);
    }
  }

  @Test
  void aHarbourIsFreeOfTheCostThatNoMateOutweighs() {
    PlantedModel model = plant("safe-harbour");
    double[] alone = alone(model);
    assertTrue(mean(alone, EDGE) < 0 && mean(alone, EDGE.negate()) > 0.2);
    PlantedFormula formula = formula("safe-harbour");
    assertTrue(formula.cost()[CANVAS.index(16, 16)] > formula.mated() + formula.gain()[0]);
    assertEquals(0, formula.cost()[0], 0);
  }

  private static PlantedFormula formula(String id) {
    return named(id).stored();
  }

  @Test
  void twoCausesAtOnce() {
    PlantedModel model = plant("padding-and-price");
    double[] alone = alone(model);
    IntPredicate diagonal = p -> CANVAS.x(p) < 16 == CANVAS.y(p) < 16;
    assertEquals(0.31, mean(alone, EDGE.negate().and(diagonal)), 1e-5);
    assertEquals(-0.15, mean(alone, EDGE.and(diagonal.negate())), 1e-5);
    IntPredicate benefit = EDGE.and(diagonal.negate());
    double zero = logit(model, STORED, benefit);
    assertEquals(24 * 0.11, logit(model, REPLICATE, benefit) - zero, 0.01);
    IntPredicate rest = benefit.negate();
    assertEquals(logit(model, REPLICATE, rest), logit(model, STORED, rest), 1e-5);
  }

  @Test
  void theDistractorMarksTilesWhereEvidenceIsEven() {
    PlantedModel model = plant("distractor");
    double[] alone = alone(model);
    double[] paths = model.paths().orElseThrow();
    IntPredicate dark = p -> PlantMaps.tiles(1, 0)[p] == 1;
    assertTrue(mean(alone, dark) < mean(alone, dark.negate()) - 0.5);
    assertTrue(mean(paths, EDGE.and(dark)) > 2 * mean(paths, EDGE.negate().and(dark)));
    assertEquals(logit(model, STORED, dark), logit(model, STORED, dark.negate()), 0.4);
  }

  @Test
  void foveatedGainsAreAsThePaths() {
    PlantedModel model = plant("foveation");
    double[] alone = alone(model);
    double[] paths = model.paths().orElseThrow();
    for (int p = 0; p < alone.length; p++) {
      assertEquals(-0.12 * paths[p], alone[p], 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("plants")
  void derivativesAreThoseOfTheLogit(PlantedModel model) {
    SplitMix64 random = new SplitMix64(5);
    float[] gray = new float[CANVAS.pixels()];
    for (int p = 0; p < gray.length; p++) {
      gray[p] = p % 5 == 0 ? 0.3f + 0.5f * random.nextFloat() : 1;
    }
    try (DifferentiableClassifier classifier = (DifferentiableClassifier) model.open(STORED)) {
      float[] gradient = classifier.inputGradients(List.of(new GrayImage(CANVAS, gray))).get(0);
      for (int p = 0; p < gray.length; p += 35) {
        assertEquals(slope(classifier, gray, p), gradient[p], 0.02, model.name() + " " + p);
      }
    }
  }

  private static double slope(Classifier classifier, float[] gray, int p) {
    float[] more = gray.clone();
    float[] less = gray.clone();
    more[p] += 0.05f;
    less[p] -= 0.05f;
    float[] logits =
        classifier.logits(List.of(new GrayImage(CANVAS, more), new GrayImage(CANVAS, less)));
    return (logits[0] - logits[1]) / 0.1;
  }

  private static Plant named(String id) {
    return Plants.shared().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void thereAreEnough() {
    assertTrue(Plants.shared().size() >= 10);
  }
}
