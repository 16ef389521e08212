package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** On a clock of its own: scoring and passes take what the test says. */
class SpeedComparisonTest {
  private static final long MILLISECOND = 1_000_000;

  private long now;
  private final List<Integer> scored = new ArrayList<>();
  private final List<Integer> passed = new ArrayList<>();

  private final class Slow implements Classifier {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public Canvas canvas() {
      return Canvas.square(16);
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      scored.add(pictures.size());
      now += (5 + pictures.size()) * MILLISECOND;
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = pictures.get(i).hashCode() % 7;
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  @Test
  void theSameBatchesArePassedBare() {
    List<Integer> progress = new ArrayList<>();
    PairedRates rates =
        SpeedComparison.measure(
            new Slow(),
            pictures -> {
              passed.add(pictures);
              now += (5 + pictures) * MILLISECOND / 2;
            },
            30,
            8,
            4,
            0.1,
            () -> now,
            progress::add);
    assertEquals(scored, passed);
    assertTrue(scored.stream().allMatch(n -> n <= 8) && scored.contains(8), "" + scored);
    assertTrue(scored.stream().anyMatch(n -> n < 8), "rests too: " + scored);
    assertEquals(List.of(1, 2, 3, 4), progress);
    for (double ratio : rates.ratios()) {
      assertEquals(0.5, ratio, 1e-9, "a pass takes half as long, whatever its size");
    }
  }

  @Test
  void picturesAreOfTheSeed() {
    List<Raster> pictures = SpeedComparison.pictures(Canvas.square(32), 3);
    assertEquals(pictures, SpeedComparison.pictures(Canvas.square(32), 3));
    assertEquals(3, pictures.stream().distinct().count());
  }
}
