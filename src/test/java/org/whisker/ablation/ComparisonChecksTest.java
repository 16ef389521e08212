package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Verdict;

/** What every comparison of E has to pass before it gets a verdict. */
class ComparisonChecksTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final int RUNS = 8;

  /** E of an image by its gain over white. */
  private interface Path {
    double edgeIndex(double gain);
  }

  /** Runs that gain in tenths of a logit, up to {@code most}. */
  private static ArmRuns arm(String name, double white, double most, Path path) {
    List<ArmRun> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      List<ArmRun.Step> climb = new ArrayList<>();
      for (int step = 1; step <= Math.round(10 * most); step++) {
        double gain = step / 10.0;
        double e = path.edgeIndex(gain) + 0.002 * i;
        climb.add(new ArmRun.Step(step, white - gain, OptionalDouble.of(e), step));
      }
      ArmRun.Step end = climb.get(climb.size() - 1);
      runs.add(
          new ArmRun(
              i,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      BlackPixels.of(CANVAS, i),
                      end.edgeIndex(),
                      OptionalDouble.of(end.logit()),
                      OptionalDouble.of(end.logit()),
                      OptionalDouble.of(white),
                      OptionalLong.empty(),
                      100,
                      10,
                      2,
                      climb))));
    }
    return new ArmRuns(AblationArm.control(name, name), runs);
  }

  private static List<ArmEffect> effects(ArmRuns... arms) {
    return new ArmEffects(List.of(arms), name -> SplitMix64.stream(1, name, 0))
        .of(List.of(ArmContrast.pair("t", "c", Measure.EDGE_INDEX, Prediction.RISES)));
  }

  private static List<WithheldComparison> withheld(ArmRuns... arms) {
    Map<String, ArmRuns> byName = new LinkedHashMap<>();
    List.of(arms).forEach(runs -> byName.put(runs.arm().name(), runs));
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), CANVAS, 0.5f, "zero", 5, 1);
    PlantedModel model = new PlantedModel(CANVAS, (pixel, padding) -> 0);
    return ArmChecks.ofComparisons(
        new FinishedArms(byName, setting, model, 8, () -> false), effects(arms));
  }

  private static ArmEffect at(Measure measure, ArmRuns... arms) {
    return effects(arms).stream().filter(e -> e.measure() == measure).findFirst().orElseThrow();
  }

  private static double delta(ArmEffect effect) {
    return Objects.requireNonNull(effect.delta()).value();
  }

  /** E rises with the gain alone, and white is further from a cat in one arm. */
  @Test
  void aDifferenceThatIsGoneAtEqualGainHasNoVerdict() {
    ArmRuns control = arm("c", 1, 6, gain -> 0.1 * gain);
    ArmRuns treated = arm("t", 3, 6, gain -> 0.1 * gain);
    ArmEffect half = at(Measure.EDGE_INDEX_AT_HALF, control, treated);
    assertEquals(0.2, delta(half), 1e-9);
    assertEquals(Verdict.SUPPORTED, half.verdict(), "what equal p(target) alone would have said");
    ArmEffect equal = at(Measure.EDGE_INDEX_AT_GAIN, control, treated);
    assertEquals(1, equal.equalGain().orElseThrow(), 1e-9);
    assertEquals(0, delta(equal), 1e-9);
    List<WithheldComparison> withheld = withheld(control, treated);
    assertEquals("t" + ArmContrast.MINUS + "c", withheld.get(0).comparison());
    assertTrue(withheld.get(0).reason().contains("at equal gain"), withheld.get(0).reason());
  }

  @Test
  void aDifferenceAtBothLevelsKeepsItsVerdict() {
    ArmRuns control = arm("c", 1, 6, gain -> 0.05 * gain);
    ArmRuns treated = arm("t", 2, 6, gain -> 0.4);
    assertEquals(List.of(), withheld(control, treated));
    assertEquals(RUNS, at(Measure.EDGE_INDEX_AT_GAIN, control, treated).seeds());
  }

  /** Where white is as likely a cat, images of equal p(target) are those of equal gain. */
  @Test
  void withEqualWhiteBothLevelsAreTheSame() {
    ArmRuns control = arm("c", 2, 6, gain -> 0.05 * gain);
    ArmRuns treated = arm("t", 2, 5, gain -> 0.07 * gain);
    assertEquals(
        delta(at(Measure.EDGE_INDEX_AT_HALF, control, treated)),
        delta(at(Measure.EDGE_INDEX_AT_GAIN, control, treated)),
        1e-12);
  }

  /** A treated arm that became cats with less than half of the gain tells nothing of places. */
  @Test
  void halfOfTheControlsGainIsNeededInEveryExperiment() {
    ArmRuns control = arm("c", 2, 8, gain -> 0.2);
    List<WithheldComparison> lost = withheld(control, arm("t", 2, 3.5, gain -> 0.4));
    assertTrue(lost.get(0).reason().contains("less than half"), lost.toString());
    assertEquals(List.of(), withheld(control, arm("t", 2, 4.5, gain -> 0.4)));
  }

  @Test
  void whereWhiteIsACatAlreadyASearchTellsNothing() {
    List<WithheldComparison> white =
        withheld(arm("c", -1, 6, gain -> 0.2), arm("t", -1, 6, gain -> 0.4));
    assertTrue(white.get(0).reason().contains("is a cat already (p 0.73)"), white.toString());
  }
}
