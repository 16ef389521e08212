package org.whisker.feature.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmRun;
import org.whisker.cli.TinyModels;
import org.whisker.feature.population.PopulationConfig.PopulationBase;
import org.whisker.feature.population.PopulationTables.ClimbMeanRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.job.DeviceConfig;
import org.whisker.position.PixelMap;
import org.whisker.position.ProbeMap;

/** What is told of a network whose runs are known. */
class MeasuredNetworkTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final double TARGET = 0.9;

  private static double logit(double p) {
    return Math.log((1 - p) / p);
  }

  /** One that climbs to these p(cat), with E of a half of each. */
  private static ArmRun run(long seed, double white, double... climb) {
    List<ArmRun.Step> steps = new ArrayList<>();
    OptionalLong toTarget = OptionalLong.empty();
    for (double p : climb) {
      steps.add(new ArmRun.Step(steps.size() + 1, logit(p), OptionalDouble.of(p / 2), 3));
      if (p >= TARGET && toTarget.isEmpty()) {
        toTarget = OptionalLong.of(steps.size());
      }
    }
    double last = climb[climb.length - 1];
    return new ArmRun(
        seed,
        "generations",
        "",
        Optional.of(
            new ArmRun.Outcome(
                BlackPixels.of(CANVAS, 1, 2, 3),
                OptionalDouble.of(last / 2),
                OptionalDouble.of(logit(last)),
                OptionalDouble.of(logit(last)),
                OptionalDouble.of(logit(white)),
                toTarget,
                100,
                10,
                20,
                steps)));
  }

  private static MeasuredNetwork network(int index, double white, ArmRun... runs) {
    PopulationConfig config =
        new PopulationConfig(
            Path.of("photos"),
            false,
            List.of(PopulationBase.of("vgg16")),
            8,
            PopulationConfig.everyPadding(),
            PopulationConfig.bothPositions(),
            PopulationConfig.briefly(1),
            runs.length,
            10,
            TARGET,
            1,
            DeviceConfig.standard());
    EdgeRank rank = new EdgeRank(CANVAS);
    double[] delta = new double[CANVAS.pixels()];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = 0.5 * rank.of(i);
    }
    ProbeMap probe =
        new ProbeMap("planted", PixelMap.of("one", CANVAS, "logit", delta), logit(white));
    return new MeasuredNetwork(
        Member.of(config).get(index), TinyModels.card("planted"), probe, List.of(runs), TARGET);
  }

  @Test
  void outcomesAreOfRunsThatCameSoFar() {
    PopulationRow row =
        network(0, 0.2, run(1, 0.2, 0.3, 0.6, 0.92), run(2, 0.2, 0.4, 0.5), run(3, 0.2, 0.3, 0.95))
            .row();
    assertEquals(0.5, row.profileSlope(), 1e-9);
    assertEquals(1, row.profileRank().orElseThrow(), 1e-9);
    assertEquals(0.2, row.whiteCatProbability(), 1e-9);
    assertEquals(2, row.cats());
    assertEquals(3, row.halves());
    assertEquals((0.46 + 0.475) / 2, row.edgeIndexOfCats().orElseThrow(), 1e-9);
    assertEquals((0.3 + 0.25 + 0.475) / 3, row.edgeIndexAtHalf().orElseThrow(), 1e-9);
    assertEquals((0.46 + 0.25 + 0.475) / 3, row.edgeIndex().orElseThrow(), 1e-9);
    assertEquals(2 / 3.0, row.success(), 1e-9);
    assertEquals(3, row.pixels().orElseThrow(), 1e-9);
  }

  @Test
  void whereFewRunsCameSoFarOrWhiteIsThereNoneIsTold() {
    PopulationRow few =
        network(0, 0.2, run(1, 0.2, 0.92), run(2, 0.2, 0.4), run(3, 0.2, 0.4)).row();
    assertEquals(1, few.cats());
    assertTrue(few.edgeIndexOfCats().isEmpty() && few.edgeIndexAtHalf().isEmpty());
    MeasuredNetwork light = network(0, 0.6, run(1, 0.6, 0.7, 0.95), run(2, 0.6, 0.7, 0.95));
    assertFalse(light.hasReached(0.5), "its climb begins above");
    assertTrue(light.row().edgeIndexAtHalf().isEmpty());
    assertTrue(light.row().edgeIndexOfCats().isPresent());
    MeasuredNetwork failed = network(0, 0.2, ArmRun.failed(1, "no"), run(2, 0.2, 0.95));
    assertEquals(1, failed.row().cats());
    assertEquals(0.5, failed.row().success());
  }

  @Test
  void theClimbIsAMeanOverNetworks() {
    List<MeasuredNetwork> all =
        List.of(
            network(0, 0.2, run(1, 0.2, 0.5), run(2, 0.2, 0.6)),
            network(1, 0.2, run(1, 0.2, 0.9), run(2, 0.2, 0.8)),
            network(2, 0.2, run(1, 0.2, 0.3), run(2, 0.2, 0.8)));
    List<ClimbMeanRow> climb = PopulationTables.LevelMeans.climb(all, 1);
    ClimbMeanRow half =
        climb.stream().filter(row -> row.catProbability() == 0.5).findFirst().orElseThrow();
    assertEquals(3, half.networks());
    assertEquals(3, half.reached());
    // means over networks: 0.275, 0.425 and, of one run, 0.4
    assertEquals((0.275 + 0.425 + 0.4) / 3, half.edgeIndex().orElseThrow(), 1e-9);
    assertTrue(half.ciLow().orElseThrow() < 0.275 && half.ciHigh().orElseThrow() > 0.425);
    ClimbMeanRow far =
        climb.stream().filter(row -> row.catProbability() == 0.85).findFirst().orElseThrow();
    assertEquals(1, far.reached());
    assertTrue(far.ciLow().isEmpty());
    ClimbMeanRow low =
        climb.stream().filter(row -> row.catProbability() == 0.15).findFirst().orElseThrow();
    assertEquals(0, low.reached(), "white lies above");
  }
}
