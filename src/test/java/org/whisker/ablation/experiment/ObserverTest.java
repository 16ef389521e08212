package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.experiment.FoveatedPaths;
import org.whisker.ablation.experiment.GradientEnergy;
import org.whisker.ablation.experiment.LocationTied;
import org.whisker.ablation.experiment.ProbedLandscape;
import org.whisker.ablation.experiment.StrideParity;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
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
  private record Model(ToDoubleFunction<Integer> weight, boolean known) implements AblatedModel {
    @Override
    public String name() {
      return "model";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public String padding() {
      return "zero";
    }

    @Override
    public float paddingGray() {
      return 0.5f;
    }

    @Override
    public Optional<String> refusal(ModelVariant variant) {
      return Optional.empty();
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
                      List.of()))));
    }
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), CANVAS, 0.5f, "zero", 5, 1);
    ArmRuns control = new ArmRuns(AblationArm.control("evolved", "anywhere"), runs);
    return new Observer.Input(control, setting, model, 50, () -> false);
  }

  private static List<Observation> observe(Ablation ablation, Observer.Input input) {
    return ablation.observers().get(0).observe(input).observations();
  }

  @Test
  void edgeLovingPixelsFollowTheLandscapeOfAnEdgeLovingModel() {
    Model model = new Model(ObserverTest::edge, true);
    List<Observation> seen = observe(ProbedLandscape.ablation(), input(images(0, 0.5), model));
    // half of the canvas is as good: with so many ties a perfect choice has half the correlation
    assertEquals(0.5, seen.get(0).effect(), 0.05);
    assertEquals(Verdict.SUPPORTED, seen.get(0).verdict());
    List<Observation> centred = observe(ProbedLandscape.ablation(), input(images(0.5, 1), model));
    assertEquals(-0.5, centred.get(0).effect(), 0.05);
    assertEquals(Verdict.REFUTED, centred.get(0).verdict());
    assertTrue(centred.get(1).effect() > 0.3, "they lie nearer the centre than the best pixels");
  }

  @Test
  void pathsAreFewerAtTheEdge() {
    Model model = new Model(ObserverTest::edge, true);
    Observation seen = observe(FoveatedPaths.ablation(), input(images(0, 0.3), model)).get(0);
    assertTrue(seen.effect() < -0.6, "correlation " + seen.effect());
    assertEquals(Verdict.REFUTED, seen.verdict());
  }

  @Test
  void evenPixelsAgreeWithNothing() {
    Model model = new Model(ObserverTest::edge, true);
    Observation seen = observe(FoveatedPaths.ablation(), input(images(0, 1), model)).get(0);
    assertEquals(0, seen.effect(), 0.2);
    assertTrue(seen.verdict() != Verdict.SUPPORTED);
  }

  @Test
  void whatLivesAtTheEdgeIsLostElsewhere() {
    Observation seen =
        observe(LocationTied.ablation(), input(images(0, 0.5), new Model(ObserverTest::edge, true)))
            .get(0);
    assertTrue(seen.effect() > 0.3, "share lost " + seen.effect());
    assertEquals(Verdict.SUPPORTED, seen.verdict());
    Observation anywhere =
        observe(LocationTied.ablation(), input(images(0, 0.5), new Model(p -> -1, true))).get(0);
    assertEquals(0, anywhere.effect(), 1e-9);
    assertEquals(Verdict.REFUTED, anywhere.verdict());
  }

  @Test
  void imagesWithoutEvidenceAreCounted() {
    Observation seen =
        observe(LocationTied.ablation(), input(images(0.5, 1), new Model(ObserverTest::edge, true)))
            .get(0);
    assertEquals(8, seen.dropped());
    assertEquals(0, seen.runs());
    assertEquals(null, seen.verdict());
  }

  @Test
  void energyOfTrainedWeightsIsHeldAgainstUntrainedOnes() {
    ToDoubleFunction<Integer> centre = p -> RANK.of(p) > 0.75 ? 1 : 0;
    List<Observation> seen =
        observe(GradientEnergy.ablation(), input(images(0, 1), new Model(centre, true)));
    assertEquals(0.375, seen.get(0).effect(), 0.02);
    assertEquals(0.375, seen.get(1).effect(), 0.02);
    assertEquals(Verdict.SUPPORTED, seen.get(1).verdict());
    List<Observation> even =
        observe(GradientEnergy.ablation(), input(images(0, 1), new Model(p -> -2, true)));
    assertEquals(Verdict.REFUTED, even.get(0).verdict());
  }

  @Test
  void modelsOfUnknownLayersAreRefused() {
    Observer.Input input = input(images(0, 1), new Model(p -> 1, false));
    assertTrue(
        FoveatedPaths.ablation()
            .refusal(input.model(), input.setting())
            .orElseThrow()
            .contains("layers"));
    assertTrue(
        GradientEnergy.ablation()
            .refusal(input.model(), input.setting())
            .orElseThrow()
            .contains("gradients"));
    assertFalse(LocationTied.ablation().refusal(input.model(), input.setting()).isPresent());
  }

  @Test
  void evenColumnsAreFound() {
    List<BlackPixels> even = new ArrayList<>();
    for (BlackPixels image : images(0, 1, 24)) {
      even.add(BlackPixels.of(CANVAS, IntStream.of(image.indices()).map(i -> i & ~1).toArray()));
    }
    List<Observation> seen = observe(StrideParity.ablation(), input(even, new Model(p -> 1, true)));
    for (Observation o : seen) {
      if (o.name().equals("x modulo 2")) {
        assertEquals(Verdict.SUPPORTED, o.verdict(), "p " + o.pHolm());
        return;
      }
    }
    throw new AssertionError("x modulo 2 was not looked at");
  }

  @Test
  void halvesAreCompared() {
    assertEquals(0.5, StrideParity.difference(BlackPixels.of(CANVAS, 0, 1, 2, 31), true), 1e-9);
    assertEquals(1, StrideParity.difference(BlackPixels.of(CANVAS, 0, 1, 2, 31), false), 1e-9);
    BlackPixels middle = BlackPixels.of(Canvas.square(3), 4);
    assertEquals(0, StrideParity.difference(middle, true), 1e-9);
  }

  @Test
  void stops() {
    Observer.Input input = input(images(0, 1), new Model(p -> 1, true));
    Observer.Input stopped =
        new Observer.Input(input.control(), input.setting(), input.model(), 50, () -> true);
    for (Ablation ablation :
        List.of(ProbedLandscape.ablation(), LocationTied.ablation(), GradientEnergy.ablation())) {
      assertThrows(CancellationException.class, () -> observe(ablation, stopped), ablation.id());
    }
  }
}
