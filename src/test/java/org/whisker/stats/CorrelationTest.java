package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CorrelationTest {
  @Test
  void knownValues() {
    double[] x = {1, 2, 3, 4};
    assertEquals(1, Correlation.pearson(x, new double[] {3, 5, 7, 9}), 1e-15);
    // Deviations −1.5, −0.5, 0.5, 1.5 and −1, −1, 0, 2: 5 / √(5 · 6)
    assertEquals(5 / Math.sqrt(30), Correlation.pearson(x, new double[] {1, 1, 2, 4}), 1e-15);
    // Ranks 1.5, 1.5, 3, 4: deviations −1, −1, 0.5, 1.5: 4.5 / √(5 · 4.5)
    double[] tied = {0, 0, 5, 100};
    assertEquals(4.5 / Math.sqrt(22.5), Correlation.spearman(x, tied), 1e-15);
    assertEquals(-1, Correlation.spearman(x, new double[] {9, 8, 1, -7}), 1e-15);
  }

  @Test
  void constantSideHasNoCorrelation() {
    double[] same = {0.1, 0.1, 0.1};
    double[] x = {1, 2, 3};
    assertThrows(IllegalArgumentException.class, () -> Correlation.pearson(x, same));
    assertThrows(IllegalArgumentException.class, () -> Correlation.spearman(same, x));
    assertThrows(IllegalArgumentException.class, () -> Correlation.pearson(x, new double[2]));
  }
}
