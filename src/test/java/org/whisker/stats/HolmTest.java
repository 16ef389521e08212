package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;

class HolmTest {
  @Test
  void stepsDownFromTheSmallest() {
    assertArrayEquals(
        new double[] {0.06, 0.0375, 0.06, 0.02}, Holm.adjust(0.03, 0.0125, 0.04, 0.005), 1e-12);
    // Holm's p in R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")
    assertArrayEquals(
        new double[] {0.05, 0.08, 0.09, 0.09, 0.09},
        Holm.adjust(0.01, 0.02, 0.03, 0.04, 0.05),
        1e-12);
    assertArrayEquals(new double[] {1, 1}, Holm.adjust(0.9, 0.6));
    assertArrayEquals(new double[] {0.05}, Holm.adjust(0.05));
    assertEquals(0, Holm.adjust().length);
  }

  @Test
  void keepsTheFamilyAtAlpha() {
    SplitMix64 random = new SplitMix64(16);
    Simulated.assertRejectsAsOftenAsAlpha(
        () -> {
          double[] adjusted = Holm.adjust(Simulated.sample(8, random::nextDouble));
          return Arrays.stream(adjusted).anyMatch(p -> p <= 0.05);
        });
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThrows(IllegalArgumentException.class, () -> Holm.adjust(0.1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Holm.adjust(1.1));
  }
}
