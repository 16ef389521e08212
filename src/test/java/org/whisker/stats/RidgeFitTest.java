package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RidgeFitTest {
  @Test
  void findsALinearFunctionThatIsThere() {
    double[][] x = {{1, 0}, {0, 1}, {1, 1}, {2, 1}};
    double[] y = {2, -3, -1, 1};
    RidgeFit fit = RidgeFit.of(x, y, 1e-9);
    assertEquals(2 * 5 - 3 * 7, fit.at(new double[] {5, 7}), 1e-6);
  }

  @Test
  void aPenaltyShrinksTheWeights() {
    // w = (x y) / (x x + penalty) = 6 / (4 + 2)
    RidgeFit fit = RidgeFit.of(new double[][] {{2}}, new double[] {3}, 2);
    assertEquals(1, fit.at(new double[] {1}), 1e-12);
  }

  @Test
  void featuresThatAreNeverSeenHaveNoWeight() {
    RidgeFit fit = RidgeFit.of(new double[][] {{1, 0}, {2, 0}}, new double[] {1, 2}, 1e-6);
    assertEquals(0, fit.at(new double[] {0, 9}), 1e-12);
  }

  @Test
  void refusesWhatHasNoFit() {
    double[][] rows = {{1}, {2}};
    assertThrows(IllegalArgumentException.class, () -> RidgeFit.of(rows, new double[] {1}, 1));
    assertThrows(IllegalArgumentException.class, () -> RidgeFit.of(rows, new double[] {1, 2}, 0));
  }
}
