package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmSource.RolledLogits;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.ToroidalShift;

class RolledLogitsTest {
  private static final Canvas CANVAS = new Canvas(12, 9);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);

  /** The sum of the pixels' edge ranks. */
  private static final LogitSource EDGE =
      images -> {
        float[] logits = new float[images.size()];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = (float) IntStream.of(images.get(i).indices()).mapToDouble(RANK::of).sum();
        }
        return logits;
      };

  @Test
  void theNetworkSeesTheImageRolled() {
    BlackPixels image = BlackPixels.of(CANVAS, 0, 17, 107);
    RolledLogits rolled = new RolledLogits(EDGE, CANVAS, 5, 8);
    assertEquals(
        EDGE.logits(List.of(ToroidalShift.shift(image, 5, 8)))[0],
        rolled.logits(List.of(image))[0]);
    int[] pixels = {0, 4, 106};
    float[] expected = rolled.logits(IntStream.of(pixels).mapToObj(image::flipped).toList());
    assertArrayEquals(expected, rolled.flipped(image, pixels), 1e-5f);
    assertSame(rolled, rolled.exact());
  }

  @Test
  void theOffsetIsThatOfTheSeedAndOverSeedsPrefersNoPlace() {
    BlackPixels corner = BlackPixels.of(CANVAS, 0);
    assertEquals(RolledLogits.drawn(EDGE, CANVAS, 3), RolledLogits.drawn(EDGE, CANVAS, 3));
    assertNotEquals(RolledLogits.drawn(EDGE, CANVAS, 3), RolledLogits.drawn(EDGE, CANVAS, 4));
    Set<RolledLogits> offsets = new HashSet<>();
    double sum = 0;
    int seeds = 2_000;
    for (int seed = 0; seed < seeds; seed++) {
      RolledLogits rolled = RolledLogits.drawn(EDGE, CANVAS, seed);
      offsets.add(rolled);
      sum += rolled.logits(List.of(corner))[0];
    }
    assertEquals(CANVAS.pixels(), offsets.size());
    assertEquals(0.5, sum / seeds, 0.03);
  }
}
