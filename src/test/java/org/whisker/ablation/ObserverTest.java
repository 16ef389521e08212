package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.Foveation;
import org.whisker.hypothesis.Landscape;
import org.whisker.hypothesis.LocationTied;
import org.whisker.hypothesis.ReceptiveField;
import org.whisker.hypothesis.Sides;
import org.whisker.hypothesis.Uniformity;
import org.whisker.hypothesis.WithPhotos;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Verdict;

/** Each observer on a model whose answer is known. */
class ObserverTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);

  /** Weighs every pixel; its gradient is its weights. */
  private record Linear(ToDoubleFunction<Integer> weight) implements DifferentiableClassifier {
    @Override
    public String name() {
      return "linear";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        float[] gray = new float[CANVAS.pixels()];
        pictures.get(i).paint(gray, 0);
        double sum = 0;
        for (int p = 0; p < gray.length; p++) {
          sum += (1 - gray[p]) * weight.applyAsDouble(p);
        }
        logits[i] = (float) sum;
      }
      return logits;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      float[] gradient = new float[CANVAS.pixels()];
      for (int p = 0; p < gradient.length; p++) {
        gradient[p] = (float) -weight.applyAsDouble(p);
      }
      return pictures.stream().map(picture -> gradient.clone()).toList();
    }

    @Override
    public void close() {}
  }

  /** Untrained, all weights are alike. */
  private record Model(ToDoubleFunction<Integer> weight, boolean known) implements TestedModel {
    @Override
    public String name() {
      return "model";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public OptionalInt stride() {
      return OptionalInt.of(4);
    }

    @Override
    public Optional<double[]> paths() {
      return known
          ? Optional.of(IntStream.range(0, CANVAS.pixels()).mapToDouble(RANK::of).toArray())
          : Optional.empty();
    }

    @Override
    public boolean differentiable() {
      return known;
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return new Linear(variant instanceof ModelVariant.Untrained ? p -> 1 : weight);
    }
  }

  /** A cat is what is black in the outer half. */
  private static double edge(int pixel) {
    return RANK.of(pixel) < 0.5 ? -1 : 1;
  }

  private static List<BlackPixels> images(double from, double to) {
    return images(from, to, 8);
  }

  private static List<BlackPixels> images(double from, double to, int count) {
    SplitMix64 random = new SplitMix64(11);
    List<BlackPixels> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 10) {
        int pixel = random.nextInt(CANVAS.pixels());
        double u = RANK.of(pixel);
        image = u >= from && u < to && !image.contains(pixel) ? image.with(pixel) : image;
      }
      images.add(image);
    }
    return images;
  }

  private static Observer.Input input(List<BlackPixels> images, AblatedModel model) {
    List<ArmRun> runs = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      runs.add(
          new ArmRun(
              i,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      images.get(i),
                      RANK.edgeIndex(images.get(i)),
                      OptionalDouble.of(-1),
                      OptionalDouble.of(-1),
                      OptionalDouble.of(0),
                      OptionalLong.empty(),
                      100,
                      10,
                      2,
                      List.of()))));
    }
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), CANVAS, 0.5f, "zero", 5, 1);
    ArmRuns control = new ArmRuns(AblationArm.control("evolved", "anywhere"), runs);
    return new Observer.Input(control, setting, model, 1, 50, () -> false);
  }

  private static List<Observation> observe(Ablation ablation, Observer.Input input) {
    return ablation.observers().get(0).observe(input).observations();
  }

  private static Observation named(List<Observation> seen, String name) {
    return seen.stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<WithheldComparison> withheld(Ablation ablation, Observer.Input input) {
    return ablation.observers().get(0).observe(input).withheld();
  }

  @Test
  void edgeLovingPixelsFollowTheLandscapeOfAnEdgeLovingModel() {
    Model model = new Model(ObserverTest::edge, true);
    List<Observation> seen = observe(new Landscape().experiment(), input(images(0, 0.5), model));
    // half of the canvas is as good: with so many ties a perfect choice has half the correlation
    assertEquals(0.5, seen.get(0).effect(), 0.05);
    assertNull(seen.get(0).verdict(), "it is E once more");
    List<Observation> centred = observe(new Landscape().experiment(), input(images(0.5, 1), model));
    assertEquals(-0.5, centred.get(0).effect(), 0.05);
    assertTrue(centred.get(1).effect() > 0.3, "they lie nearer the centre than the best pixels");
    assertEquals(Verdict.REFUTED, centred.get(1).verdict());
    String between = "evidence of the pixel alone between rings";
    assertEquals(Verdict.SUPPORTED, named(seen, between).verdict());
    assertEquals(Verdict.OPPOSITE, named(centred, between).verdict());
    assertEquals(1, named(seen, "moved between rings in the images").effect(), 1e-5);
    assertEquals(List.of(), withheld(new Landscape().experiment(), input(images(0, 0.5), model)));
  }

  /**
   * Single pixels help most at the edge; in company they do nothing, and other pixels lie there.
   */
  @Test
  void whatSinglePixelsDontDoInTheImagesIsNoCause() {
    AblatedModel model =
        new Other(new Alone(new Linear(ObserverTest::edge)), OptionalInt.of(4), Optional.empty());
    WithheldComparison why =
        withheld(new Landscape().experiment(), input(images(0, 0.5), model)).get(0);
    assertTrue(why.reason().contains("moved between rings in the images"), why.reason());
    List<Observation> seen = observe(new Landscape().experiment(), input(images(0, 1, 60), model));
    assertEquals(
        Verdict.NO_EFFECT, named(seen, "evidence of the pixel alone between rings").verdict());
  }

  /** What a single pixel does, and nothing of several. */
  private record Alone(Linear linear) implements Classifier {
    @Override
    public String name() {
      return "alone";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = linear.logits(pictures);
      for (int i = 0; i < logits.length; i++) {
        float[] gray = new float[CANVAS.pixels()];
        pictures.get(i).paint(gray, 0);
        int black = 0;
        for (float value : gray) {
          black += value == 0 ? 1 : 0;
        }
        logits[i] = black > 1 ? -1 : logits[i];
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  /** Its sides do not: the same pixels, all on one side. */
  private static BlackPixels toTheRight(BlackPixels image) {
    return BlackPixels.of(
        CANVAS,
        IntStream.of(image.indices())
            .map(i -> CANVAS.x(i) < 16 ? i + 31 - 2 * CANVAS.x(i) : i)
            .distinct()
            .toArray());
  }

  @Test
  void withinRingsTheLandscapeIsToldFromTheEdge() {
    // the outer half helps, its right side twice as much
    Model model = new Model(p -> edge(p) * (CANVAS.x(p) < 16 ? 1 : 2), true);
    String within = "evidence of the pixel alone within rings";
    List<BlackPixels> edge = images(0, 0.5, 12);
    Observation anySide = named(observe(new Landscape().experiment(), input(edge, model)), within);
    assertTrue(anySide.verdict() != Verdict.SUPPORTED, anySide.toString());
    List<BlackPixels> right = edge.stream().map(ObserverTest::toTheRight).toList();
    Observation oneSide = named(observe(new Landscape().experiment(), input(right, model)), within);
    assertEquals(0.5, oneSide.effect(), 0.1);
    assertNull(oneSide.verdict(), "runs share their places, so positions alone decide nothing");
    Observation between =
        named(
            observe(new Landscape().experiment(), input(edge, model)),
            "evidence of the pixel alone between rings");
    assertEquals(Verdict.SUPPORTED, between.verdict(), between.toString());
  }

  @Test
  void aConstantMapIsAResult() {
    Observer.Input input = input(images(0, 0.5), new Model(p -> -1, true));
    // a census of the network alone, and nothing of the images
    assertTrue(
        observe(new Landscape().experiment(), input).stream()
            .allMatch(
                each ->
                    each.interval() == null && each.name().matches(".*single pixel.* in the .*")));
    assertTrue(
        withheld(new Landscape().experiment(), input)
            .get(0)
            .reason()
            .contains("same effect at every"));
    // equal but for the rounding of float32 sums, which selection over many images does find
    Model rounded = new Model(p -> -3.1893796 + (CANVAS.x(p) < 16 ? 2e-7 : -2e-7), true);
    List<BlackPixels> right = images(0, 0.5).stream().map(ObserverTest::toTheRight).toList();
    assertTrue(
        withheld(new Landscape().experiment(), input(right, rounded))
            .get(0)
            .reason()
            .contains("same effect at every"));
    Model rings = new Model(p -> edge(p) * (1 + (CANVAS.x(p) < 16 ? 0 : 2e-7)), true);
    assertTrue(
        observe(new Landscape().experiment(), input(right, rings)).stream()
            .noneMatch(o -> o.name().contains("within rings")));
    double[] even = IntStream.range(0, CANVAS.pixels()).mapToDouble(i -> 1).toArray();
    AblatedModel replicate = new Other(new Linear(p -> -1), OptionalInt.of(4), Optional.of(even));
    Observer.Input paths = input(images(0, 0.5), replicate);
    assertEquals(List.of(), observe(new Foveation().experiment(), paths));
    assertTrue(
        withheld(new Foveation().experiment(), paths)
            .get(0)
            .reason()
            .contains("same number of paths"));
  }

  @Test
  void pathsAreFewerAtTheEdge() {
    Model model = new Model(ObserverTest::edge, true);
    Observer.Input input = input(images(0, 0.3), model);
    List<Observation> seen = observe(new Foveation().experiment(), input);
    assertTrue(seen.get(0).effect() < -0.6, "correlation " + seen.get(0).effect());
    assertNull(seen.get(0).verdict());
    assertEquals(1, named(seen, "number of paths").effect(), 1e-9);
    assertEquals(Verdict.OPPOSITE, named(seen, "paths between rings").verdict());
    WithheldComparison why =
        withheld(new Foveation().experiment(), input(images(0.5, 1), model)).get(0);
    assertEquals("paths between rings", why.comparison());
    assertTrue(why.reason().contains("any preference for these rings"), why.reason());
  }

  @Test
  void evenPixelsAgreeWithNothing() {
    Model model = new Model(ObserverTest::edge, true);
    Observation seen = observe(new Foveation().experiment(), input(images(0, 1), model)).get(0);
    assertEquals(0, seen.effect(), 0.2);
    assertTrue(seen.p() > 0.05, "p " + seen.p());
    assertTrue(seen.verdict() != Verdict.SUPPORTED);
  }

  @Test
  void whatLivesAtTheEdgeIsLostElsewhere() {
    List<Observation> edge =
        observe(
            new LocationTied().experiment(),
            input(images(0, 0.5), new Model(ObserverTest::edge, true)));
    Observation tied = named(edge, "rolled by the stride");
    assertTrue(tied.effect() > 0.3, "loss relative to scattering " + tied.effect());
    assertEquals(Verdict.SUPPORTED, tied.verdict());
    assertTrue(named(edge, "rolled elsewhere").effect() > 0.3);
    Observer.Input anywhere = input(images(0, 0.5), new Model(p -> -1, true));
    assertEquals(
        0,
        named(observe(new LocationTied().experiment(), anywhere), "rolled elsewhere").effect(),
        1e-9);
    assertTrue(
        withheld(new LocationTied().experiment(), anywhere).get(0).reason().contains("no pattern"));
  }

  /**
   * A cat is what has three black pixels in a row, wherever they are, as long as the first is at a
   * multiple of the stride.
   */
  private record Threes(int stride) implements Classifier {
    @Override
    public String name() {
      return "threes";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      float[] gray = new float[CANVAS.pixels()];
      for (int i = 0; i < logits.length; i++) {
        pictures.get(i).paint(gray, 0);
        for (int p = 0; p < gray.length; p += stride) {
          boolean all = true;
          for (int k = 0; k < 3; k++) {
            all &= gray[p - CANVAS.x(p) + (CANVAS.x(p) + k) % CANVAS.width()] == 0;
          }
          logits[i] -= all ? 1 : 0;
        }
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  /** Any classifier, whatever its variant. */
  private record Other(Classifier classifier, OptionalInt stride, Optional<double[]> paths)
      implements TestedModel {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public String padding() {
      return "circular";
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return classifier;
    }
  }

  private static List<BlackPixels> threes() {
    SplitMix64 random = new SplitMix64(8);
    List<BlackPixels> images = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      BlackPixels image = BlackPixels.none(CANVAS);
      for (int three = 0; three < 4; three++) {
        int at = CANVAS.index(4 * random.nextInt(8), random.nextInt(CANVAS.height()));
        for (int k = 0; k < 3; k++) {
          image = image.contains(at + k) ? image : image.with(at + k);
        }
      }
      images.add(image);
    }
    return images;
  }

  @Test
  void aNetworkThatIsBlindToRollsByItsStrideIsNotTiedToPlaces() {
    AblatedModel model = new Other(new Threes(4), OptionalInt.of(4), Optional.empty());
    List<Observation> seen = observe(new LocationTied().experiment(), input(threes(), model));
    Observation rolled = named(seen, "rolled by the stride");
    assertEquals(0, rolled.effect(), 1e-9);
    assertTrue(rolled.verdict() != Verdict.SUPPORTED, rolled.toString());
    assertTrue(rolled.pEquivalence().orElseThrow() < 0.05, rolled.toString());
    assertTrue(named(seen, "rolled off the stride").effect() > 0.2, "the stride's phase");
    assertTrue(named(seen, "rolled elsewhere").effect() > 0.2, "which a mean over all rolls has");
  }

  @Test
  void imagesWithoutEvidenceAreCounted() {
    Observer.Input input = input(images(0.5, 1), new Model(ObserverTest::edge, true));
    Observation seen = observe(new LocationTied().experiment(), input).get(0);
    assertEquals(8, seen.dropped());
    assertEquals(0, seen.runs());
    assertEquals(null, seen.verdict());
    assertEquals(1, withheld(new LocationTied().experiment(), input).size());
  }

  @Test
  void energyOfTrainedWeightsIsHeldAgainstUntrainedOnes() {
    ToDoubleFunction<Integer> centre = p -> RANK.of(p) > 0.75 ? 1 : 0;
    List<Observation> seen =
        observe(new ReceptiveField().experiment(), input(images(0, 1), new Model(centre, true)));
    assertEquals(0.375, seen.get(0).effect(), 0.02);
    assertEquals(0.375, seen.get(1).effect(), 0.02);
    assertEquals(Verdict.SUPPORTED, seen.get(1).verdict());
    List<Observation> even =
        observe(new ReceptiveField().experiment(), input(images(0, 1), new Model(p -> -2, true)));
    assertEquals(Verdict.NO_EFFECT, even.get(0).verdict());
  }

  /** Has a gradient that depends on the picture, and no logit. */
  private record Pointing(Function<Raster, float[]> gradient) implements DifferentiableClassifier {
    @Override
    public String name() {
      return "pointing";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return new float[pictures.size()];
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      return pictures.stream().map(gradient).toList();
    }

    @Override
    public void close() {}
  }

  /** Lies in the centre of photos, and at the edge of anything else. */
  private static float[] turned(Raster picture) {
    boolean photo = !(picture instanceof BlackPixels);
    float[] gradient = new float[CANVAS.pixels()];
    for (int p = 0; p < gradient.length; p++) {
      gradient[p] = RANK.of(p) > 0.5 == photo ? 1 : 0;
    }
    return gradient;
  }

  /** Lies at black pixels alone, as that of a network whose units are silent on white. */
  private static float[] ofBlackPixels(Raster picture) {
    float[] values = picture.grayValues();
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
    return values;
  }

  @Test
  void energyIsLookedAtInPhotosToo() {
    List<AblatedModel.Photo> photos = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      photos.add(new AblatedModel.Photo("p" + i, i < 20, GrayImage.filled(CANVAS, 0.5f)));
    }
    AblatedModel even = new WithPhotos(new Model(p -> RANK.of(p) > 0.75 ? 1 : 0, true), photos);
    List<Observation> seen = observe(new ReceptiveField().experiment(), input(images(0, 1), even));
    for (String where : List.of("", ", at white", ", in photos of cats", ", in photos of others")) {
      Observation against = named(seen, "trained weights" + where);
      assertEquals(0.375, against.effect(), 0.02, where);
      assertEquals(where.isEmpty() ? 8 : 12, against.runs(), where);
    }
    assertEquals(Verdict.SUPPORTED, named(seen, "trained weights").verdict());
    assertEquals(List.of(), withheld(new ReceptiveField().experiment(), input(images(0, 1), even)));
  }

  /** The gradient is where the search put pixels, which is no property of the network. */
  @Test
  void aGradientThatIsNothingAtWhiteHasNoVerdict() {
    List<WithheldComparison> withheld =
        withheld(
            new ReceptiveField().experiment(),
            input(
                images(0, 0.3),
                new Other(
                    new Pointing(ObserverTest::ofBlackPixels),
                    OptionalInt.of(4),
                    Optional.empty())));
    for (String name : List.of("trained", "trained weights")) {
      assertTrue(
          withheld.stream()
              .anyMatch(
                  each -> each.comparison().equals(name) && each.reason().contains("at white")),
          withheld.toString());
    }
  }

  /** A root below 0, as of random weights, has no gradient. */
  @Test
  void whereThereIsNoGradientNothingIsCounted() {
    float[] none = new float[CANVAS.pixels()];
    Arrays.fill(none, Float.NaN);
    AblatedModel model =
        new Other(new Pointing(picture -> none.clone()), OptionalInt.of(4), Optional.empty());
    List<Observation> seen = observe(new ReceptiveField().experiment(), input(images(0, 1), model));
    assertEquals(0, named(seen, "trained").runs());
    assertNull(named(seen, "trained").verdict());
  }

  @Test
  void whatTurnsInPhotosHasNoVerdict() {
    List<AblatedModel.Photo> photos = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      photos.add(new AblatedModel.Photo("p" + i, i < 2, GrayImage.filled(CANVAS, 0.5f)));
    }
    AblatedModel turned =
        new Other(new Pointing(ObserverTest::turned), OptionalInt.of(4), Optional.empty());
    List<WithheldComparison> withheld =
        withheld(
            new ReceptiveField().experiment(), input(images(0, 1), new WithPhotos(turned, photos)));
    assertTrue(
        withheld.stream()
            .anyMatch(w -> w.comparison().equals("trained") && w.reason().contains("in photos")),
        withheld.toString());
  }

  @Test
  void withoutPhotosItSaysSo() {
    AblatedModel model = new Model(p -> RANK.of(p) > 0.75 ? 1 : 0, true);
    List<WithheldComparison> withheld =
        withheld(new ReceptiveField().experiment(), input(images(0, 1), model));
    assertEquals(
        List.of(new WithheldComparison("trained weights, in photos", "no photos were named")),
        withheld);
  }

  @Test
  void modelsOfUnknownLayersAreRefused() {
    Observer.Input input = input(images(0, 1), new Model(p -> 1, false));
    assertTrue(
        new Foveation()
            .experiment()
            .refusal(input.model(), input.setting())
            .orElseThrow()
            .contains("layers"));
    assertTrue(
        new ReceptiveField()
            .experiment()
            .refusal(input.model(), input.setting())
            .orElseThrow()
            .contains("gradients"));
    assertFalse(
        new LocationTied().experiment().refusal(input.model(), input.setting()).isPresent());
  }

  private static List<BlackPixels> columns(int period) {
    return images(0, 1, 24).stream()
        .map(
            image ->
                BlackPixels.of(
                    CANVAS,
                    IntStream.of(image.indices())
                        .map(i -> i - CANVAS.x(i) % period)
                        .distinct()
                        .toArray()))
        .toList();
  }

  /** Whose layers are not known, though rolls by two columns cost nothing. */
  @Test
  void aPatternThatAnUnknownStrideKeepsIsTiedToNoLocation() {
    AblatedModel unknown =
        new Other(
            new Linear(p -> CANVAS.x(p) % 2 == 0 ? -1 : 0), OptionalInt.empty(), Optional.empty());
    Observation rolled =
        named(
            observe(new LocationTied().experiment(), input(columns(2), unknown)),
            "rolled by the stride");
    assertEquals(Verdict.NO_EFFECT, rolled.verdict());
  }

  @Test
  void oneSideIsFoundThoughTheEdgeIndexCantSeeIt() {
    List<BlackPixels> right = images(0, 1, 12).stream().map(ObserverTest::toTheRight).toList();
    Observer.Input input = input(right, new Model(p -> 1, true));
    List<Observation> sides = observe(new Sides().experiment(), input);
    assertEquals(-1, named(sides, "left half").effect(), 1e-9);
    Interval interval = Objects.requireNonNull(named(sides, "left half").interval());
    assertEquals(-1, interval.low(), 1e-9);
    assertTrue(interval.high() > -0.95, "12 runs do not exclude that another comes to the left");
    assertEquals(Verdict.SUPPORTED, named(sides, "left half").verdict());
    assertTrue(named(sides, "top half").verdict() != Verdict.SUPPORTED);
    assertEquals(Verdict.SUPPORTED, observe(new Uniformity().experiment(), input).get(0).verdict());
    Observer.Input even = input(images(0, 1, 12), new Model(p -> 1, true));
    assertTrue(observe(new Uniformity().experiment(), even).get(0).verdict() != Verdict.SUPPORTED);
  }

  @Test
  void halvesAreCompared() {
    assertEquals(0.5, Sides.difference(BlackPixels.of(CANVAS, 0, 1, 2, 31), true), 1e-9);
    assertEquals(1, Sides.difference(BlackPixels.of(CANVAS, 0, 1, 2, 31), false), 1e-9);
    BlackPixels middle = BlackPixels.of(Canvas.square(3), 4);
    assertEquals(0, Sides.difference(middle, true), 1e-9);
  }

  @Test
  void stops() {
    Observer.Input input = input(images(0, 1), new Model(p -> 1, true));
    Observer.Input stopped =
        new Observer.Input(input.control(), input.setting(), input.model(), 1, 50, () -> true);
    for (Ablation ablation :
        List.of(
            new Landscape().experiment(),
            new LocationTied().experiment(),
            new ReceptiveField().experiment())) {
      assertThrows(CancellationException.class, () -> observe(ablation, stopped), ablation.id());
    }
  }
}
