package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmSource.RolledLogits;
import org.whisker.ablation.InputTransform.Resized;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/** An image is rolled first, then resized. */
class RolledArmTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final Canvas HALF = new Canvas(8, 6);
  private static final Resized RESIZED = new Resized(0.5, Resized.Filter.NEAREST);
  private static final AblationArm ROLLED =
      AblationArm.transformed("rolled", "rolled", new InputTransform.Rolled());
  private static final PlantedModel MODEL =
      new PlantedModel(CANVAS, (pixel, padding) -> -0.01 * pixel);

  private static float[] logits(AblationArm arm, long seed, List<BlackPixels> images) {
    try (ArmSource source = ArmSource.open(arm, MODEL, 8, done -> {}, () -> false)) {
      LogitSource scores =
          source.scores(Optional.of(source.enter().orElseThrow()), seed, Tones.standard());
      return scores.logits(images);
    }
  }

  @Test
  void theNetworkSeesTheRolledImageResized() {
    AblationArm half = AblationArm.transformed("half", "half the size", RESIZED);
    AblationArm both = half.with(ROLLED);
    assertEquals(new InputTransform.Rolled(RESIZED), both.transform());
    assertEquals(HALF, both.transform().canvas(CANVAS));
    List<BlackPixels> images =
        List.of(BlackPixels.none(HALF), BlackPixels.of(HALF, 0, 9), BlackPixels.of(HALF, 13, 47));
    LogitSource seen = list -> logits(half, 3, list);
    for (long seed = 1; seed < 4; seed++) {
      float[] expected = RolledLogits.drawn(seen, HALF, seed).logits(images);
      assertArrayEquals(expected, logits(both, seed, images), 1e-5f);
    }
    assertNotEquals(
        Arrays.toString(logits(both, 1, images)), Arrays.toString(logits(both, 2, images)));
  }

  @Test
  void otherChangesOfTheInputCantBeCombined() {
    AblationArm flat = AblationArm.transformed("flat", "flat", new InputTransform.Flat());
    AblationArm half = AblationArm.transformed("half", "half the size", RESIZED);
    assertThrows(IllegalArgumentException.class, () -> flat.with(ROLLED));
    assertThrows(IllegalArgumentException.class, () -> half.with(half));
    assertThrows(IllegalArgumentException.class, () -> ROLLED.with(half));
  }
}
