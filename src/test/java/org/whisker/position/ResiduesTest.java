package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.Residues.ResidueCounts;
import org.whisker.random.SplitMix64;

class ResiduesTest {
  private static final Canvas CANVAS = new Canvas(32, 24);
  private final SplitMix64 random = new SplitMix64(11);

  private List<Residues> residues(List<BlackPixels> runs) {
    return Residues.all(new PixelTable(runs), random);
  }

  private static Residues at(List<Residues> all, String axis, int modulus) {
    return all.stream()
        .filter(r -> r.axis().equals(axis) && r.modulus() == modulus)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsAPlantedParityOnItsAxisOnly() {
    List<BlackPixels> runs = PlantedRuns.of(CANVAS, 12, 40, i -> CANVAS.x(i) % 2 == 0, 0.7, random);
    List<Residues> all = residues(runs);
    Residues x = at(all, "x", 2);
    // even columns against odd ones: 1 to 0.3
    assertEquals(2 / 1.3, x.residues().get(0).density(), 0.12);
    assertTrue(x.residues().get(0).ciLow().getAsDouble() > 1.2, x.toString());
    assertTrue(x.whole().pHolm().getAsDouble() < 0.05, x.toString());
    assertTrue(x.inner().pHolm().getAsDouble() < 0.05, x.toString());
    assertTrue(at(all, "y", 2).whole().p().getAsDouble() > 0.01, all.toString());
    // 32 has no room for a whole modulus twice within the borders, and none at all in y
    assertTrue(at(all, "x", 32).inner().p().isEmpty());
    assertEquals(9, all.size());
  }

  @Test
  void anEdgeBiasIsNoStride() {
    Canvas canvas = Canvas.square(64);
    List<BlackPixels> runs =
        PlantedRuns.of(canvas, 12, 60, i -> canvas.borderDistance(i) < 2, 0.95, random);
    Residues x = at(residues(runs), "x", 16);
    assertTrue(x.whole().p().getAsDouble() < 0.01, x.toString());
    assertTrue(x.inner().p().getAsDouble() > 0.01, x.toString());
  }

  @Test
  void underTheNullPIsUniform() {
    int simulations = 300;
    int small = 0;
    int half = 0;
    for (int i = 0; i < simulations; i++) {
      List<BlackPixels> runs = PlantedRuns.uniform(CANVAS, 8, 12, random);
      ResidueCounts counts = ResidueCounts.whole(new PixelTable(runs), ResidueCounts.Axis.X, 8);
      double p = counts.p(counts.affordableDraws(), random);
      small += p <= 0.1 ? 1 : 0;
      half += p <= 0.5 ? 1 : 0;
    }
    // four standard errors
    assertEquals(30, small, 21);
    assertEquals(150, half, 35);
  }

  @Test
  void allPixelsAreUniformOnAnyWidth() {
    Canvas canvas = new Canvas(35, 9);
    BlackPixels all = BlackPixels.of(canvas, IntStream.range(0, canvas.pixels()).toArray());
    for (Residues r : residues(List.of(all, all))) {
      for (DensityProfile.MeanDensity residue : r.residues()) {
        assertEquals(1, residue.density(), 1e-12, r.toString());
      }
      assertEquals(1, r.whole().p().getAsDouble(), r.toString());
    }
  }
}
