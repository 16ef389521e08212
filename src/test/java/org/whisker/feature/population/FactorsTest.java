package org.whisker.feature.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.feature.population.Member.Factors;

class FactorsTest {
  @Test
  void everyBeginningIsBalanced() {
    Factors factors = new Factors(List.of(4, 2, 2));
    for (int count = 1; count <= 40; count++) {
      List<List<Integer>> cells = factors.first(count);
      for (int factor = 0; factor < 3; factor++) {
        int[] used = new int[factors.levels().get(factor)];
        for (List<Integer> cell : cells) {
          used[cell.get(factor)]++;
        }
        int least = Arrays.stream(used).min().orElseThrow();
        int most = Arrays.stream(used).max().orElseThrow();
        assertTrue(most - least <= 1, count + " networks, factor " + factor);
      }
    }
    assertEquals(16, new HashSet<>(factors.first(16)).size(), "each combination once");
  }

  @Test
  void pairsOfLevelsAreBalancedToo() {
    List<List<Integer>> cells = new Factors(List.of(4, 2, 2)).first(8);
    for (int head = 0; head < 2; head++) {
      for (int position = 0; position < 2; position++) {
        List<Integer> pair = List.of(head, position);
        assertEquals(2, cells.stream().filter(c -> c.subList(1, 3).equals(pair)).count());
      }
    }
    for (int padding = 0; padding < 4; padding++) {
      int which = padding;
      assertEquals(
          2,
          cells.stream().filter(c -> c.get(0) == which).map(c -> c.get(1)).distinct().count(),
          "both heads with padding " + padding);
    }
  }

  @Test
  void aMoreNumerousPopulationBeginsWithTheSameNetworks() {
    Factors factors = new Factors(List.of(4, 1, 2));
    assertEquals(factors.first(20), factors.first(24).subList(0, 20));
    assertThrows(IllegalArgumentException.class, () -> new Factors(List.of(4, 0)));
  }
}
