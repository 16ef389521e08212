package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;

class GroupTestTest {
  @Test
  void knownShares() {
    // means 1 and 4 about 2.5: 2 · 1.5² · 2 = 9 between, of 9 + 4 · 1 in all
    TestResult test =
        PermutationTest.groupTest(
            List.of(new double[] {0, 2}, new double[] {3, 5}), 9_999, new SplitMix64(1));
    assertEquals(9 / 13.0, test.statistic(), 1e-12);
    assertEquals(2 / 6.0, test.p(), 0.02); // this division and its mirror image, of six
    double[] a = {1, 1, 1};
    double[] b = {2, 2, 2, 2};
    assertEquals(
        1, PermutationTest.groupTest(List.of(a, b), 99, new SplitMix64(1)).statistic(), 1e-12);
    TestResult same = PermutationTest.groupTest(List.of(a, a), 99, new SplitMix64(1));
    assertEquals(0, same.statistic());
    assertEquals(1, same.p());
  }

  @Test
  void oneOfFourThatDiffersIsFoundAndNoneSeldom() {
    int found = 0;
    int falsely = 0;
    for (int i = 0; i < 200; i++) {
      SplitMix64 random = SplitMix64.stream(1, "groups", i);
      found += PermutationTest.groupTest(groups(2.5, random), 199, random).p() <= 0.05 ? 1 : 0;
      falsely += PermutationTest.groupTest(groups(0, random), 199, random).p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found > 170, "found " + found);
    assertTrue(falsely <= 20, "falsely " + falsely); // 10 ± 3.2 standard errors
  }

  private static List<double[]> groups(double shift, SplitMix64 random) {
    List<double[]> groups = new ArrayList<>();
    for (int g = 0; g < 4; g++) {
      double[] values = new double[6];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian() + (g == 2 ? shift : 0);
      }
      groups.add(values);
    }
    return groups;
  }

  @Test
  void needsTwoGroups() {
    List<double[]> one = List.of(new double[] {1, 2});
    assertThrows(
        IllegalArgumentException.class, () -> PermutationTest.groupTest(one, 9, new SplitMix64(1)));
    List<double[]> empty = List.of(new double[] {1, 2}, new double[0]);
    assertThrows(
        IllegalArgumentException.class,
        () -> PermutationTest.groupTest(empty, 9, new SplitMix64(1)));
  }
}
