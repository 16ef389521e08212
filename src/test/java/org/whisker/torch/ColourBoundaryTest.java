package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Margin;
import org.whisker.boundary.Margin.MarginSearch;
import org.whisker.boundary.attack.GradientAttack;
import org.whisker.boundary.attack.GradientAttack.Attacked;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.network.Network;

/** Searches for small changes of pictures in colours. */
class ColourBoundaryTest {
  private static final Network NETWORK = TinyNets.vgg(3, 40);

  private static TorchClassifier open() {
    return new TorchClassifier(
        "colour",
        NETWORK,
        Map.of(),
        TinyNets.weights(NETWORK),
        TinyNets.PREPROCESSING,
        TorchClassifier.Settings.cpu(Precision.FLOAT32),
        3,
        Optional.empty());
  }

  private static PlanarImage colours() {
    List<GrayImage> planes = TinyNets.pictures(NETWORK, 3);
    float[] values = planes.get(0).in(3).values();
    planes.get(1).paint(values, values.length / 3);
    planes.get(2).paint(values, 2 * values.length / 3);
    return planes.get(0).with(values);
  }

  @Test
  void attacksChangeColoursAndCountAPixelOnce() {
    try (TorchClassifier it = open()) {
      float logit = it.logits(List.of(colours()))[0];
      for (GradientAttack.Kind kind : GradientAttack.Kind.values()) {
        Attacked found = new GradientAttack(kind, 40).of(it, colours(), () -> false).orElseThrow();
        assertEquals(logit, found.logit(), 1e-5);
        if (found.crossed().isEmpty()) {
          continue;
        }
        Attacked.Crossed crossed = found.crossed().get();
        assertEquals(3, crossed.picture().planes());
        assertTrue(crossed.logit() <= 0 != logit <= 0, kind.toString());
        assertEquals(crossed.logit(), it.logits(List.of(crossed.picture()))[0], 1e-4);
        int changed = 0;
        for (int pixel = 0; pixel < 1600; pixel++) {
          changed += colours().isSameAt(crossed.picture(), pixel) ? 0 : 1;
        }
        if (kind.norm() == GradientAttack.Norm.L0) {
          assertEquals(changed, crossed.distance());
        }
      }
    }
  }

  @Test
  void marginsFlipPixelsInAllPlanes() {
    try (TorchClassifier it = open()) {
      Margin margin = new MarginSearch(5, 4, 8).of(it, colours());
      assertEquals(it.logits(List.of(colours()))[0], margin.logit(), 1e-5);
      OptionalInt flips = margin.flips();
      assertTrue(flips.isEmpty() || flips.getAsInt() <= 5);
      boolean nearer = Math.abs(margin.lastLogit()) < Math.abs(margin.logit());
      assertTrue(nearer || flips.isPresent());
    }
  }
}
