package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.stats.Correlation.LinearAgreement;

class LinearAgreementTest {
  private static final double[] PREDICTED = {1, 2, 3, 4};

  @Test
  void aLineIsFound() {
    LinearAgreement half =
        LinearAgreement.of(PREDICTED, new double[] {1.5, 2, 2.5, 3}).orElseThrow();
    assertEquals(4, half.places());
    assertEquals(0.5, half.slope(), 1e-12);
    assertEquals(1, half.intercept(), 1e-12);
    assertEquals(1, half.spearman(), 1e-12);
    // Means 2.5 and 3; Σ products 4, Σ squares 5: slope 0.8.
    LinearAgreement rough = LinearAgreement.of(PREDICTED, new double[] {2, 2, 4, 4}).orElseThrow();
    assertEquals(0.8, rough.slope(), 1e-12);
    assertEquals(1, rough.intercept(), 1e-12);
    assertEquals(4 / Math.sqrt(20), rough.pearson(), 1e-12);
  }

  @Test
  void orderCanBeRightWithoutSize() {
    LinearAgreement steep =
        LinearAgreement.of(PREDICTED, new double[] {-1, -10, -100, -1000}).orElseThrow();
    assertEquals(-1, steep.spearman(), 1e-12);
    assertTrue(steep.pearson() > -0.9 && steep.slope() < -100);
  }

  @Test
  void nothingToCompare() {
    assertTrue(LinearAgreement.of(PREDICTED, new double[4]).isEmpty());
    assertTrue(LinearAgreement.of(new double[4], PREDICTED).isEmpty());
    assertTrue(LinearAgreement.of(new double[] {1, 2}, new double[] {1, 2}).isEmpty());
    assertThrows(
        IllegalArgumentException.class, () -> LinearAgreement.of(PREDICTED, new double[3]));
  }
}
