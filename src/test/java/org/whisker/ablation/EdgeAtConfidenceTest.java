package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.Experiments;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class EdgeAtConfidenceTest {
  private static final Canvas CANVAS = Canvas.square(4);

  /**
   * White has p(target) 0.27; then come images of p 0.38, 0.62 and, where it comes so far, 0.98.
   */
  private static ArmRun run(long seed, double atHalf, OptionalDouble last) {
    List<ArmRun.Step> climb =
        List.of(
            new ArmRun.Step(10, 0.5, OptionalDouble.of(0.1), 1),
            new ArmRun.Step(20, -0.5, OptionalDouble.of(atHalf), 2),
            new ArmRun.Step(30, last.isPresent() ? -4 : -0.6, last, 3));
    return new ArmRun(
        seed,
        "evaluations",
        "",
        Optional.of(
            new ArmRun.Outcome(
                BlackPixels.of(CANVAS, 5),
                last,
                OptionalDouble.of(-4),
                OptionalDouble.of(-4),
                OptionalDouble.of(1),
                last.isPresent() ? OptionalLong.of(30) : OptionalLong.empty(),
                40,
                3,
                2,
                climb)));
  }

  private static List<EdgeAtConfidence> rows() {
    ArmRuns arm =
        new ArmRuns(
            AblationArm.control("evolved", "pixels anywhere"),
            List.of(run(1, 0.2, OptionalDouble.of(0.4)), run(2, 0.4, OptionalDouble.empty())));
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), CANVAS, 0.5f, "zero", 3, 1);
    Ablation geometry = Experiments.find("geometry").orElseThrow();
    return EdgeAtConfidence.of(
        new AblationResult(
            geometry, "m", setting, 0.96, List.of(arm), List.of(), List.of(), List.of(), List.of()),
        7);
  }

  private static EdgeAtConfidence at(double p) {
    return rows().stream().filter(r -> r.catProbability() == p).findFirst().orElseThrow();
  }

  @Test
  void eachRunGivesItsFirstImageThatIsSoSure() {
    assertEquals(0.1, at(0.35).edgeIndex().orElseThrow(), 1e-12);
    assertEquals((0.2 + 0.4) / 2, at(0.5).edgeIndex().orElseThrow(), 1e-12);
    assertEquals(2, at(0.5).reached());
    assertTrue(at(0.5).ciLow().orElseThrow() < 0.3);
  }

  @Test
  void whoeverDoesNotComeSoFarIsCounted() {
    EdgeAtConfidence target = at(0.96);
    assertEquals(0.4, target.edgeIndex().orElseThrow(), 1e-12);
    assertEquals(1, target.reached());
    assertEquals(2, target.runs());
    assertTrue(target.ciLow().isEmpty());
  }

  @Test
  void levelsBelowTheEmptyCanvasSayNothing() {
    assertTrue(rows().stream().allMatch(r -> r.catProbability() > 0.268));
  }
}
