package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult;

class ProbeProfileTest {
  private final SplitMix64 random = new SplitMix64(9);

  private static ProbeMap map(Canvas canvas, double... delta) {
    return new ProbeMap("stub", PixelMap.of("probe", canvas, "logits", delta), 0);
  }

  /** Towards cat on the border and away from it in the middle, with some noise. */
  private ProbeMap planted(Canvas canvas) {
    EdgeRank rank = new EdgeRank(canvas);
    double[] delta = new double[canvas.pixels()];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = rank.of(i) - 0.5 + 0.1 * random.nextGaussian();
    }
    return map(canvas, delta);
  }

  @Test
  void countsByBin() {
    // Rings of 16 (border), 8 and 1 pixels; two bins: the border, and the rest.
    double[] delta = new double[25];
    delta[0] = -0.5;
    delta[1] = -0.01;
    delta[2] = 0.3;
    delta[12] = 0.9;
    ProbeProfile profile = ProbeProfile.of(map(Canvas.square(5), delta), 2, 0.1, random);
    assertEquals(2, profile.bins().size());
    ProbeProfile.ProbeBin border = profile.bins().get(0);
    assertEquals(-0.21 / 16, border.meanDeltaLogit(), 1e-15);
    assertEquals(2 / 16.0, border.shareHelping());
    assertEquals(14 / 16.0, border.shareNearNeutral());
    assertEquals(0.1, profile.bins().get(1).meanDeltaLogit(), 1e-15);
    assertEquals(2 / 25.0, profile.helping(), 1e-15);
    assertEquals(22 / 25.0, profile.nearNeutral(), 1e-15);
  }

  /** Pixels that a network does not read may come back with the last digit of its logit. */
  @Test
  void roundingDoesNotHelp() {
    double[] delta = new double[25];
    Arrays.fill(delta, -2.4e-7);
    delta[12] = -0.5;
    ProbeProfile profile = ProbeProfile.of(map(Canvas.square(5), delta), 2, 0.1, random);
    assertEquals(0, profile.bins().get(0).shareHelping());
    assertEquals(1 / 25.0, profile.helping(), 1e-15);
  }

  @Test
  void findsAPlantedEdge() {
    ProbeProfile profile = ProbeProfile.of(planted(new Canvas(30, 24)), 10, 0.001, random);
    TestResult test = profile.byEdgeRank().orElseThrow();
    assertTrue(test.statistic() > 0.8 && test.p() < 0.05, test.toString());
    assertTrue(profile.bins().get(0).meanDeltaLogit() < -0.3);
    assertEquals(1.0, profile.bins().get(0).shareHelping(), 0.02);
    assertTrue(profile.bins().get(profile.bins().size() - 1).meanDeltaLogit() > 0.3);
  }

  @Test
  void nothingToCorrelate() {
    assertTrue(ProbeProfile.of(map(Canvas.square(1), 2), 10, 0, random).byEdgeRank().isEmpty());
    ProbeProfile flat = ProbeProfile.of(map(Canvas.square(3), new double[9]), 10, 0.1, random);
    assertTrue(flat.byEdgeRank().isEmpty());
    assertEquals(1, flat.nearNeutral());
    ProbeProfile oneRing = ProbeProfile.of(map(new Canvas(3, 1), 1, 2, 3), 10, 0.1, random);
    assertTrue(oneRing.byEdgeRank().isEmpty());
  }

  @Test
  void refusesImpossibleLambda() {
    ProbeMap map = map(Canvas.square(1), 2);
    assertThrows(
        IllegalArgumentException.class, () -> ProbeProfile.of(map, 10, Double.NaN, random));
    assertThrows(IllegalArgumentException.class, () -> ProbeProfile.of(map, 10, -1, random));
  }
}
