package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationRunner.ArmKey;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.PixelRefund;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.input.TransformedClassifier.Background;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.StopRules;
import org.whisker.hypothesis.Factorial.Factor;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Tone;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.position.PixelMap;
import org.whisker.position.ProbeMap;

class ExperimentsTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final AblationSetting SETTING =
      new AblationSetting(
          EvolutionOptions.quick().withStop(StopRules.after(50).withEvaluations(500)),
          CANVAS,
          0.456f,
          "zero",
          10,
          7);

  private static final PlantedModel MODEL = new PlantedModel(Plants.POSITION_BLIND);

  private static AblationDesign design(Ablation ablation) {
    return ablation.design().apply(SETTING);
  }

  @Test
  void armsKnowWhetherTheirNetworksAreFineTunesOfTheModel() {
    AblationSetting tuned =
        new AblationSetting(SETTING.base(), CANVAS, 0.456f, "zero", 10, 7, "0a1b", true);
    AblationSetting fresh =
        new AblationSetting(SETTING.base(), CANVAS, 0.456f, "zero", 10, 7, "0a1b");
    for (String id : List.of("retrained-padding", "training-position", "head")) {
      Ablation ablation = Experiments.find(id).orElseThrow();
      for (AblationArm arm : ablation.design().apply(tuned).arms()) {
        assertTrue(arm.isTrained() && arm.isFineTuned() && arm.ofNetwork(2).isFineTuned());
      }
      AblationArm arm = ablation.design().apply(fresh).arms().get(0);
      assertTrue(arm.isTrained() && !arm.isFineTuned());
    }
  }

  @Test
  void everyExperimentHasAControlAndArmsThatDifferFromIt() {
    Set<String> ids = new HashSet<>();
    for (Ablation ablation : Experiments.all()) {
      assertTrue(ids.add(ablation.id()), ablation.id());
      List<AblationArm> arms = design(ablation).arms();
      boolean needsArms =
          ablation.observers().isEmpty()
              && design(ablation).contrasts().stream().anyMatch(c -> !c.isAgainstChance());
      assertTrue(arms.size() > (needsArms ? 1 : 0), ablation.id());
      Set<String> keys = new HashSet<>();
      for (AblationArm arm : arms) {
        assertTrue(keys.add(ArmKey.of(arm, SETTING, 0.5)), ablation.id() + " " + arm.name());
      }
    }
  }

  @Test
  void experimentsShareTheRunsOfTheirControl() {
    Set<String> controls = new TreeSet<>();
    for (Ablation ablation : Experiments.all()) {
      if (ablation.trains(MODEL, SETTING)
          || List.of("search", "question", "entry", "white-start").contains(ablation.id())) {
        continue; // its control is a network of its own, or the question's search whatever the base
      }
      controls.add(ArmKey.of(design(ablation).arms().get(0), SETTING, 0.5));
    }
    assertEquals(1, controls.size(), controls.toString());
  }

  @Test
  void theQuestionsSearchIsSharedWhereItIsTheBase() {
    AblationSetting question =
        new AblationSetting(
            EvolutionOptions.question().withStop(SETTING.base().stop().withGenerations(1_000_000)),
            SETTING.canvas(),
            SETTING.paddingGray(),
            SETTING.padding(),
            SETTING.held(),
            SETTING.seed());
    Set<String> controls = new TreeSet<>();
    for (String id : List.of("search", "entry", "white-start", "geometry")) {
      Ablation ablation = Experiments.find(id).orElseThrow();
      controls.add(ArmKey.of(ablation.design().apply(question).arms().get(0), question, 0.5));
    }
    assertEquals(1, controls.size(), controls.toString());
  }

  @Test
  void howLongARegionIsHeldDoesNotLengthenDrift() {
    AblationSetting held =
        new AblationSetting(
            SETTING.base(),
            SETTING.canvas(),
            SETTING.paddingGray(),
            SETTING.padding(),
            3_000,
            SETTING.seed());
    Ablation operators = Experiments.find("operators").orElseThrow();
    for (AblationArm arm : operators.design().apply(held).arms()) {
      if (arm.isFlat()) {
        assertEquals(160, arm.change().apply(held.base()).stop().generations(), arm.name());
      }
    }
  }

  @Test
  void whereQuickIsTheBaseTheStrongestSearchIsTheControlOfTheOthers() {
    AblationSetting quick =
        new AblationSetting(
            EvolutionOptions.quick().withStop(SETTING.base().stop()),
            SETTING.canvas(),
            SETTING.paddingGray(),
            SETTING.padding(),
            SETTING.held(),
            SETTING.seed());
    Ablation search = Experiments.find("search").orElseThrow();
    AblationArm strongest =
        search.design().apply(quick).arms().stream()
            .filter(arm -> arm.name().equals("stronger"))
            .findFirst()
            .orElseThrow();
    Ablation geometry = Experiments.find("geometry").orElseThrow();
    assertEquals(
        ArmKey.of(geometry.design().apply(quick).arms().get(0), quick, 0.5),
        ArmKey.of(strongest, quick, 0.5));
  }

  @Test
  void anArmHasNetworksFromSeedsThatAllArmsShare() {
    assertEquals(
        List.of(
            "own-1-none",
            "padding-reflect-1-none",
            "padding-replicate-1-none",
            "padding-circular-1-none",
            "own-2-none",
            "padding-reflect-2-none",
            "padding-replicate-2-none",
            "padding-circular-2-none"),
        networks("retrained-padding", 2));
    assertEquals(List.of("shift-0.0-1-none", "shift-0.5-1-none"), networks("training-position", 1));
    assertEquals(List.of("flattening-head-1-none", "pooled-head-1-none"), networks("head", 1));
    assertEquals(List.of(), networks("padding", 3));
    for (String id : List.of("retrained-padding", "training-position", "head")) {
      for (ArmContrast contrast : design(Experiments.find(id).orElseThrow()).contrasts()) {
        assertEquals(Prediction.RISES, contrast.predicted(), contrast.label());
      }
    }
  }

  private static List<String> networks(String id, int count) {
    return Experiments.find(id).orElseThrow().retrained(MODEL, SETTING, count).stream()
        .map(ModelVariant.Retrained::network)
        .toList();
  }

  @Test
  void otherPhotosMakeOtherNetworks() {
    AblationSetting other =
        new AblationSetting(SETTING.base(), CANVAS, 0.456f, "zero", 10, 7, "0a1b");
    Ablation head = Experiments.find("head").orElseThrow();
    AblationArm arm = head.design().apply(other).arms().get(1);
    assertEquals("retrained-pooled-head-1-0a1b", arm.variant().label());
    assertNotEquals(
        ArmKey.of(arm, SETTING, 0.5), ArmKey.of(design(head).arms().get(1), SETTING, 0.5));
  }

  @Test
  void factorsAreCrossedWithTheirInteractions() {
    List<Factor> factors =
        List.of(Factor.parse("padding:reflect/circular"), Factor.parse("background:black"));
    AblationDesign design = design(Factorial.ablation(factors, Experiments.all()));
    assertEquals(
        List.of(
            "zero+white",
            "zero+black",
            "reflect+white",
            "reflect+black",
            "circular+white",
            "circular+black"),
        design.arms().stream().map(AblationArm::name).toList());
    assertEquals(5, design.contrasts().size()); // three treatments, two interactions
    ArmContrast last = design.contrasts().get(4);
    assertEquals("interaction circular+black", last.label());
    assertEquals(
        Set.of("circular+black", "zero+black", "circular+white", "zero+white"),
        last.weights().keySet());
    AblationArm both = design.arms().get(5);
    assertEquals("padding-circular", both.variant().label());
    assertEquals(Tone.gray(0), both.change().apply(SETTING.base()).tones().background());
  }

  @Test
  void threeFactorsHaveThreeInteractionsOfTwo() {
    List<Factor> factors =
        List.of(Factor.parse("padding"), Factor.parse("background"), Factor.parse("founders"));
    AblationDesign design = design(Factorial.ablation(factors, Experiments.all()));
    assertEquals(8, design.arms().size());
    assertEquals(3 + 3, design.contrasts().size());
  }

  @Test
  void whatCannotBeCrossedIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Experiments.all(List.of(Factor.parse("padding"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> Experiments.all(List.of(Factor.parse("padding"), Factor.parse("gravity"))));
    List<Factor> both = List.of(Factor.parse("padding"), Factor.parse("weights"));
    Ablation clash = Factorial.ablation(both, Experiments.all());
    assertThrows(IllegalArgumentException.class, () -> design(clash));
    List<Factor> level = List.of(Factor.parse("padding:mirror"), Factor.parse("founders"));
    Ablation unknown = Factorial.ablation(level, Experiments.all());
    assertThrows(IllegalArgumentException.class, () -> design(unknown));
  }

  @Test
  void theGrayThatPaddingLooksLikeIsLeftOutWhereItIsWhiteOrBlack() {
    AblationSetting black = new AblationSetting(SETTING.base(), CANVAS, 0, "zero", 10, 7);
    List<AblationArm> arms =
        Experiments.find("background").orElseThrow().design().apply(black).arms();
    assertEquals(List.of("white", "black", "noise"), arms.stream().map(AblationArm::name).toList());
  }

  @Test
  void noiseLeavesBlackBlackAndIsAnotherForEachSeed() {
    float[] factors = Background.noise(CANVAS, 0.6f, 1);
    float[] gray = new float[CANVAS.pixels()];
    new Background(BlackPixels.of(CANVAS, 3), factors).paint(gray, 0);
    assertEquals(0, gray[3]);
    for (int i = 4; i < gray.length; i++) {
      assertTrue(gray[i] >= 0.6f && gray[i] <= 1, i + ": " + gray[i]);
    }
    assertNotEquals(factors[4], Background.noise(CANVAS, 0.6f, 2)[4]);
  }

  /** One pixel of a probe costs twice its edge rank, and many as many times that. */
  @Test
  void theCostOfASumIsThatSumBeyondTheBorder() {
    EdgeRank rank = new EdgeRank(CANVAS);
    double[] delta = new double[CANVAS.pixels()];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = 2 * rank.of(i);
    }
    ProbeMap probe = new ProbeMap("sum", PixelMap.of("one", CANVAS, "logit", delta), 1);
    LogitSource sum =
        images -> {
          float[] logits = new float[images.size()];
          for (int i = 0; i < logits.length; i++) {
            logits[i] = 1;
            for (int pixel : images.get(i).indices()) {
              logits[i] += (float) delta[pixel];
            }
          }
          return logits;
        };
    PixelRefund cost = PixelRefund.of(probe, sum, 1);
    BlackPixels two = BlackPixels.of(CANVAS, CANVAS.index(15, 15), CANVAS.index(8, 12));
    double exact = 2 * (rank.of(two.get(0)) + rank.of(two.get(1)) - 2 * rank.of(0));
    assertEquals(exact, cost.of(two), 0.15);
    assertEquals(0, cost.of(BlackPixels.of(CANVAS, 0, 31)), 0.1);
    assertEquals(0, cost.of(BlackPixels.none(CANVAS)), 1e-9);
    float left = cost.takenOff(sum).logits(List.of(two))[0];
    assertEquals(1 + 2 * 2 * rank.of(0), left, 0.15);
    assertEquals(sum.logits(List.of(two))[0], cost.takenOff(sum).exact().logits(List.of(two))[0]);
  }
}
