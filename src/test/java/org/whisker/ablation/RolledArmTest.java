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
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/** An image is rolled first, then put on noise. */
class RolledArmTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final InputTransform NOISE = new InputTransform.Noise(0.6f);
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
  void theNetworkSeesTheRolledImageOnNoise() {
    AblationArm noise = AblationArm.transformed("noise", "on noise", NOISE);
    AblationArm both = noise.with(ROLLED);
    assertEquals(new InputTransform.Rolled(NOISE), both.transform());
    List<BlackPixels> images =
        List.of(
            BlackPixels.none(CANVAS), BlackPixels.of(CANVAS, 0, 9), BlackPixels.of(CANVAS, 13, 47));
    for (long seed = 1; seed < 4; seed++) {
      long own = seed;
      LogitSource seen = list -> logits(noise, own, list);
      float[] expected = RolledLogits.drawn(seen, CANVAS, seed).logits(images);
      assertArrayEquals(expected, logits(both, seed, images), 1e-5f);
    }
    assertNotEquals(
        Arrays.toString(logits(both, 1, images)), Arrays.toString(logits(both, 2, images)));
  }

  @Test
  void otherChangesOfTheInputCantBeCombined() {
    AblationArm flat = AblationArm.transformed("flat", "flat", new InputTransform.Flat());
    AblationArm noise = AblationArm.transformed("noise", "on noise", NOISE);
    assertThrows(IllegalArgumentException.class, () -> flat.with(ROLLED));
    assertThrows(IllegalArgumentException.class, () -> noise.with(noise));
    assertThrows(IllegalArgumentException.class, () -> ROLLED.with(noise));
  }
}
