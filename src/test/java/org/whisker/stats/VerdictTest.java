package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void absenceOfEvidenceDecidesNothing() {
    assertEquals(Verdict.SUPPORTED, Verdict.of(0.05, 0.2, 0.05));
    assertEquals(Verdict.NO_EFFECT, Verdict.of(0.5, 0.01, 0.05));
    assertEquals(Verdict.NO_EFFECT, Verdict.of(0.001, 0.01, 0.05));
    assertEquals(Verdict.UNDECIDED, Verdict.of(0.9, 0.06, 0.05));
    assertThrows(IllegalArgumentException.class, () -> Verdict.of(Double.NaN, 0.5, 0.05));
    assertThrows(IllegalArgumentException.class, () -> Verdict.of(0.5, Double.NaN, 0.05));
  }
}
