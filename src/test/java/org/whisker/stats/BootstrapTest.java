package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;

class BootstrapTest {
  private static final Bootstrap QUICK = new Bootstrap(0.95, 399);
  private final SplitMix64 random = new SplitMix64(11);

  @Test
  void anOrderStatisticIsThatOfTheSorted() {
    double[] kinds = {Double.NaN, Double.POSITIVE_INFINITY, 0, 1, 1, 2.5, -3};
    for (int size = 1; size < 60; size++) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        boolean tied = size % 3 == 0;
        values[i] = tied ? kinds[random.nextInt(size % 2, kinds.length)] : random.nextGaussian();
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      for (int k = 0; k < size; k++) {
        assertEquals(sorted[k], Bootstrap.orderStatistic(values.clone(), k), size + " " + k);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Simulated.Runs.class)
  void coversMeans(Simulated.Runs runs) {
    for (int n : new int[] {6, 10, 30}) {
      Simulated.assertCovers95(() -> QUICK.mean(runs.draw(n, random), random).contains(runs.mean));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 10, 30})
  void coversMeansOfStronglySkewedRuns(int n) {
    Simulated.assertCovers95(() -> QUICK.mean(Simulated.beta(n, random), random).contains(5 / 6.0));
  }

  @ParameterizedTest
  @EnumSource(Simulated.Runs.class)
  void coversDifferencesFromNormalRuns(Simulated.Runs runs) {
    double difference = runs.mean - Simulated.Runs.NORMAL.mean;
    for (int n : new int[] {6, 10, 30}) {
      Simulated.assertCovers95(
          () ->
              QUICK
                  .difference(runs.draw(n, random), Simulated.Runs.NORMAL.draw(n, random), random)
                  .contains(difference));
    }
  }

  @Test
  void coversWithThreeRunsToo() {
    Simulated.assertCovers95(
        () -> QUICK.mean(Simulated.normal(3, 0, 1, random), random).contains(0));
  }

  @Test
  void fewRunsGetStudentsInterval() {
    // Mean 2, sd 1, t(2 degrees, 97.5 %) = 4.302653
    Interval interval = Bootstrap.standard().mean(new double[] {1, 2, 3}, random);
    assertEquals(2 - 4.302653 / Math.sqrt(3), interval.low(), 1e-6);
    assertEquals(2 + 4.302653 / Math.sqrt(3), interval.high(), 1e-6);
  }

  @Test
  void tiesDoNotBlowUp() {
    // A third of all resamples would have no spread without noise. t(4 degrees, 97.5 %) = 2.776445
    Interval interval = Bootstrap.standard().mean(new double[] {1, 1, 1, 1, 2}, random);
    double student = 2 * 2.776445 * 0.2;
    assertEquals(1.2, (interval.low() + interval.high()) / 2, 1e-12);
    assertTrue(interval.width() > student && interval.width() < 3 * student, interval.toString());
  }

  @Test
  void higherLevelIsWider() {
    double[] runs = Simulated.normal(12, 0, 1, random);
    Interval wide = new Bootstrap(0.99, 999).mean(runs, random);
    Interval narrow = new Bootstrap(0.8, 999).mean(runs, random);
    assertTrue(wide.width() > 1.3 * narrow.width());
  }

  @Test
  void sameSeedSameInterval() {
    double[] runs = Simulated.normal(12, 0, 1, random);
    assertEquals(QUICK.mean(runs, new SplitMix64(3)), QUICK.mean(runs, new SplitMix64(3)));
  }

  @Test
  void refusesWhatCannotWork() {
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(Double.NaN, 100));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0.95, 18));
    assertEquals(19, new Bootstrap(0.95, 19).resamples());
    assertThrows(IllegalArgumentException.class, () -> QUICK.mean(new double[] {1}, random));
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 1, 0.9));
  }
}
