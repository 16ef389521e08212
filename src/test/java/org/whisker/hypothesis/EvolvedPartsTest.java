package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.hypothesis.EvolvedParts.PartEdgeRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class EvolvedPartsTest {
  /** Six runs whose images have this E at every gain, but for a little, up to a gain. */
  private static ArmRuns arm(String name, double edgeIndex, double gain) {
    List<ArmRun> runs = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      OptionalDouble e = OptionalDouble.of(edgeIndex + 0.01 * (seed % 3 - 1));
      List<ArmRun.Step> climb =
          gain == 0 ? List.of() : List.of(new ArmRun.Step(10, 2 - gain, e, 5));
      runs.add(
          new ArmRun(
              seed,
              "evaluations",
              "",
              Optional.of(
                  new ArmRun.Outcome(
                      BlackPixels.none(Canvas.square(8)),
                      e,
                      OptionalDouble.of(2 - gain),
                      OptionalDouble.of(2 - gain),
                      OptionalDouble.of(2),
                      OptionalLong.empty(),
                      100,
                      10,
                      2,
                      climb))));
    }
    return new ArmRuns(AblationArm.control(name, name), runs);
  }

  private static List<PartEdgeRow> rows(
      double circular, double averaged, double both, double gain) {
    return EvolvedParts.rows(
        Map.of(
            "own", arm("own", 0.1, 5),
            "circular", arm("circular", circular, 5),
            "averaged-head", arm("averaged-head", averaged, 4),
            "both-blind", arm("both-blind", both, gain)),
        new SplitMix64(1));
  }

  @Test
  void sharesAreShapleyValuesAndAddUpToOne() {
    List<PartEdgeRow> rows = rows(0.4, 0.2, 0.5, 4);
    assertEquals(
        List.of("padding", "head", "neither"), rows.stream().map(PartEdgeRow::part).toList());
    assertEquals(0.75, rows.get(0).share().orElseThrow(), 1e-9, "0.3 alone or beside a blind head");
    assertEquals(0.25, rows.get(1).share().orElseThrow(), 1e-9);
    assertEquals(0, rows.get(2).share().orElseThrow(), 1e-9);
    assertEquals(6, rows.get(0).seeds());
    assertEquals(4, rows.get(0).gain(), 1e-9, "what all reached");
  }

  @Test
  void whereABlindNetworkMakesNothingThereIsNoShare() {
    PartEdgeRow white = rows(0.4, 0.2, 0.5, 0).get(0);
    assertTrue(white.share().isEmpty() && white.value().isEmpty());
    assertTrue(white.reason().contains("both-blind gain at most 0.00"), white.reason());
    PartEdgeRow weak = rows(0.4, 0.2, 0.5, 1).get(0);
    assertTrue(weak.share().isEmpty() && weak.value().isEmpty() == (weak.seeds() < 2));
    assertTrue(weak.reason().contains("less than half"), weak.reason());
  }

  @Test
  void aPartOfTheArmsHasNoShares() {
    assertEquals(
        List.of(), EvolvedParts.rows(Map.of("own", arm("own", 0.1, 5)), new SplitMix64(1)));
  }
}
