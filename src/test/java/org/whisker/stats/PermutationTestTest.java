package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult.Alternative;

class PermutationTestTest {
  private final SplitMix64 random = new SplitMix64(13);

  private double p(double[] a, double[] b, Alternative alternative) {
    return PermutationTest.unpaired(a, b, alternative, 199, random).p();
  }

  @Test
  void countsDivisionsByHand() {
    // Of the 6 pairs from 1, 2, 3, 9 only {3, 9} sums as high; {1, 2} is as extreme below.
    double[] a = {9, 3};
    double[] b = {1, 2};
    TestResult result = PermutationTest.unpaired(a, b, Alternative.GREATER, 99, random);
    assertEquals(new TestResult(4.5, 1 / 6.0, true, 6), result);
    assertEquals(2 / 6.0, p(a, b, Alternative.TWO_SIDED));
    assertEquals(1, p(a, b, Alternative.LESS));
    // Arms of unequal size: {9} of four single values.
    assertEquals(
        1 / 4.0, p(new double[] {9}, new double[] {1, 2, 3}, Alternative.TWO_SIDED), 1e-15);
  }

  @Test
  void pairsAreTestedByTheirDifferences() {
    double[] a = {5, 7, 9};
    double[] b = {6, 5, 6};
    assertEquals(
        SignFlipTest.of(new double[] {-1, 2, 3}, 0, Alternative.GREATER, 99, random),
        PermutationTest.paired(a, b, Alternative.GREATER, 99, random));
    assertThrows(
        IllegalArgumentException.class,
        () -> PermutationTest.paired(a, new double[2], Alternative.LESS, 99, random));
  }

  @Test
  void sampledAgreesWithExact() {
    double[] a = Simulated.normal(9, 0.5, 1, random);
    double[] b = Simulated.normal(9, 0, 1, random);
    TestResult exact = PermutationTest.unpaired(a, b, Alternative.TWO_SIDED, 1, random);
    assertEquals(48_620, exact.arrangements());
    // One value more, at the pooled mean of both, tips it over to sampling without moving much.
    double[] more = Arrays.copyOf(a, 10);
    more[9] = Samples.mean(a) / 2 + Samples.mean(b) / 2;
    TestResult sampled = PermutationTest.unpaired(more, b, Alternative.TWO_SIDED, 5_000, random);
    assertFalse(sampled.exact());
    assertEquals(exact.p(), sampled.p(), 0.05);
  }

  @Test
  void rejectsATrueNullAsOftenAsAlpha() {
    for (int n : new int[] {6, 10, 30}) {
      Simulated.assertRejectsAsOftenAsAlpha(
          () ->
              p(Simulated.beta(n, random), Simulated.beta(n + 1, random), Alternative.TWO_SIDED)
                  <= 0.05);
      Simulated.assertRejectsAsOftenAsAlpha(
          () ->
              PermutationTest.paired(
                          Simulated.beta(n + 1, random),
                          Simulated.beta(n + 1, random),
                          Alternative.TWO_SIDED,
                          199,
                          random)
                      .p()
                  <= 0.05);
    }
  }
}
