package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.planted.OwnPlants;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.stats.Verdict;

/** The census of single pixels, on planted networks of which every pixel's effect is known. */
class LandscapeTest {
  private static final Landscape LANDSCAPE = new Landscape();

  private static HypothesisResult decided(String plant) {
    return decided(OwnPlants.named(plant));
  }

  private static HypothesisResult decided(Plant of) {
    PlantedModel model = new PlantedModel(of);
    AblationSetting setting =
        new AblationSetting(
            EvolutionOptions.quick(),
            model.canvas(),
            0.5f,
            "zero",
            1,
            3,
            AblationSetting.NO_PHOTOS);
    ArmRuns none = new ArmRuns(AblationArm.control("evolved", "pixels anywhere"), List.of());
    Observations seen =
        LANDSCAPE.observe(new Observer.Input(none, setting, model, 1, 64, () -> false));
    OptionalDouble empty = OptionalDouble.empty();
    List<ObservationRow> rows = seen.observations().stream().map(ObservationRow::of).toList();
    return new HypothesisResult(Verdict.NOT_ENOUGH_TARGETS, empty, empty, empty, rows, List.of());
  }

  private static double effect(HypothesisResult decided, String name) {
    return decided.observation(name).orElseThrow().effect();
  }

  @Test
  void noStepLeadsIntoAMiddleBehindABarrier() {
    HypothesisResult linear = decided("barrier-linear");
    assertEquals(0, effect(linear, "single pixels that help in the middle half"));
    assertEquals(1, effect(linear, "single pixels that help in the outermost fifth"));
    assertEquals(0.3, effect(linear, "best single pixel in the middle half"), 1e-3);
    assertEquals(-0.12, effect(linear, "best single pixel in the outermost fifth"), 1e-3);
    assertEquals(
        Optional.of(
            "none of the single black pixels tried in the middle half is a step towards the target: the"
                + " least harmful costs 0.30 logits; of those in the outermost fifth 100\u00a0%"
                + " are"),
        LANDSCAPE.clause(linear));
  }

  @Test
  void whereTheMiddleHelpsItSaysSo() {
    HypothesisResult helps = decided("centre-helps");
    assertEquals(1, effect(helps, "single pixels that help in the middle half"));
    String clause = LANDSCAPE.clause(helps).orElseThrow();
    assertTrue(
        clause.startsWith(
            "first steps lead into the middle: of the single black pixels tried in the middle half"
                + " 100\u00a0% are a step"),
        clause);
  }

  @Test
  void aPixelThatDoesNothingIsNoStep() {
    HypothesisResult alone = decided("barrier-saturating");
    assertEquals(0, effect(alone, "single pixels that help in the outermost fifth"));
    assertTrue(LANDSCAPE.clause(alone).orElseThrow().endsWith("none is one either"));
  }

  /** The outermost three rings cost, as the middle does, and the fourth gains. */
  @Test
  void whereOnlyARingBetweenHelpsItSaysSo() {
    double[] cost = PlantMaps.edge(0, 0.4);
    double[] gain = PlantMaps.edge(0.3, 0);
    for (int place = 0; place < cost.length; place++) {
      if (PlantMaps.CANVAS.borderDistance(place) < 3) {
        cost[place] = 0.5;
        gain[place] = 0;
      }
    }
    HypothesisResult ring =
        decided(Plant.known("ring", c -> PlantedFormula.blank().withCost(cost).withGain(gain)));
    String clause = LANDSCAPE.clause(ring).orElseThrow();
    assertTrue(clause.matches(".*none is one either, but \\d+\u00a0% of all others are"), clause);
  }

  /** Its map is constant, which predicts no place and yet says what a pixel does. */
  @Test
  void thereIsACensusWhereAllPixelsAreAlike() {
    String none =
        "none of the single black pixels tried in the middle half is a step towards the target";
    String clause = LANDSCAPE.clause(decided("barrier-everywhere")).orElseThrow();
    assertTrue(clause.startsWith(none + ": the least harmful costs 1.26 logits"), clause);
    assertEquals(
        Optional.of(
            none
                + ": the least harmful changes nothing; of those in the outermost fifth none is one"
                + " either"),
        LANDSCAPE.clause(decided(Plants.NOTHING)));
  }

  @Test
  void aCensusIsNoTest() {
    ObservationRow counted =
        decided("barrier-linear")
            .observation("single pixels that help in the middle half")
            .orElseThrow();
    assertTrue(counted.pValue().isEmpty() && counted.pShaffer().isEmpty());
    assertTrue(counted.ciLow().isEmpty());
    assertEquals("", counted.verdict());
  }

  @Test
  void itIsSilentWithoutTheCensus() {
    OptionalDouble none = OptionalDouble.empty();
    assertEquals(
        Optional.empty(),
        LANDSCAPE.clause(
            new HypothesisResult(Verdict.SUPPORTED, none, none, none, List.of(), List.of())));
  }
}
