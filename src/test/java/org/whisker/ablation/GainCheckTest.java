package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmChecks.GainCheck;
import org.whisker.ablation.ArmChecks.PlaceboCheck;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class GainCheckTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final GainCheck CHECK = new GainCheck("treated", "treated", "control", 0.5);

  private static ArmRuns arm(String name, double edgeIndex, double... gains) {
    List<ArmRun> runs =
        IntStream.range(0, gains.length)
            .mapToObj(
                i ->
                    new ArmRun(
                        i,
                        "evaluations",
                        "",
                        Optional.of(
                            new ArmRun.Outcome(
                                BlackPixels.of(CANVAS, i),
                                OptionalDouble.of(edgeIndex + 0.001 * i),
                                OptionalDouble.of(2 - gains[i]),
                                OptionalDouble.of(-9),
                                OptionalDouble.of(2),
                                OptionalLong.empty(),
                                10,
                                1,
                                2,
                                List.of()))))
            .toList();
    return new ArmRuns(AblationArm.control(name, name), runs);
  }

  private static FinishedArms finished(ArmRuns... arms) {
    Map<String, ArmRuns> byName = new LinkedHashMap<>();
    List.of(arms).forEach(arm -> byName.put(arm.arm().name(), arm));
    PlantedModel model = new PlantedModel(CANVAS, (pixel, padding) -> 0);
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), CANVAS, 0.5f, "zero", 5, 1);
    return new FinishedArms(byName, setting, model, 8, () -> false);
  }

  @Test
  void halfOfTheGainIsEnoughAndLessIsNot() {
    ArmRuns control = arm("control", 0.2, 4, 6);
    assertEquals(Optional.empty(), CHECK.apply(finished(control, arm("treated", 0.5, 2, 3))));
    WithheldComparison why =
        CHECK.apply(finished(control, arm("treated", 0.5, 2, 2.8))).orElseThrow();
    assertEquals("treated", why.comparison());
    assertTrue(why.reason().contains("2.40") && why.reason().contains("5.00"), why.reason());
    assertEquals(Optional.empty(), CHECK.apply(finished(control)), "an arm that was left out");
    assertThrows(
        IllegalArgumentException.class, () -> new GainCheck("treated", "treated", "control", 0));
  }

  @Test
  void aPlaceboThatMovesPixelsIsNoEffectOfTheTreatment() {
    PlaceboCheck check = new PlaceboCheck("own", "own", "placebo", "control");
    double[] gains = {1, 1, 1, 1, 1, 1, 1, 1};
    ArmRuns own = arm("own", 0.5, gains);
    ArmRuns control = arm("control", 0.5, gains);
    assertTrue(check.apply(finished(control, own, arm("placebo", 0.3, gains))).isPresent());
    assertEquals(
        Optional.empty(), check.apply(finished(control, own, arm("placebo", 0.48, gains))));
    assertEquals(
        Optional.empty(),
        check.apply(finished(arm("control", 0.2, gains), own, arm("placebo", 0.3, gains))));
  }

  /** Verdicts that are withheld have neither a word nor a number of runs that would decide. */
  @Test
  void anEffectThatIsWithheldHasNoVerdict() {
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(4, 1, 0.5, 8),
            new AttributionTest.Kept(),
            new AblationRunner.Listener() {},
            () -> false);
    Ablation ablation =
        new Ablation(
                "two",
                "two",
                "nothing",
                s ->
                    AblationDesign.againstControl(
                        List.of(
                            AblationArm.control("control", "as it is"),
                            AblationArm.searching(
                                "treated", "another penalty", o -> o.withLambda(0.1))),
                        Prediction.RISES))
            .checked(
                List.of(
                    finished -> Optional.of(new WithheldComparison("treated", "it did not work"))));
    PlantedModel model = new PlantedModel(CANVAS, (pixel, padding) -> -0.1);
    AblationResult result = runner.run(ablation, model, finished().setting());
    assertTrue(
        result.effects().stream()
            .filter(ArmEffect::decisive)
            .allMatch(e -> e.verdict() == null && e.runsNeeded().isEmpty()));
    assertEquals(Optional.of("it did not work"), result.withheld("treated"::equals));
    assertEquals(Optional.empty(), result.withheld("other"::equals));
  }
}
