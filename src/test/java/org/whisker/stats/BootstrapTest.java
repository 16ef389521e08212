package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;

class BootstrapTest {
  private static final Bootstrap QUICK = new Bootstrap(0.95, 399);
  private final SplitMix64 random = new SplitMix64(11);

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void coversNormalMeans(int n) {
    Simulated.assertCovers95(
        () -> QUICK.mean(Simulated.normal(n, 0.4, 0.1, random), random).contains(0.4));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void coversUniformMeans(int n) {
    Simulated.assertCovers95(
        () -> QUICK.mean(Simulated.sample(n, random::nextDouble), random).contains(0.5));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void coversSkewedMeans(int n) {
    Simulated.assertCovers95(() -> QUICK.mean(Simulated.beta(n, random), random).contains(5 / 6.0));
  }

  @Test
  void coversWithThreeRunsToo() {
    Simulated.assertCovers95(
        () -> QUICK.mean(Simulated.normal(3, 0, 1, random), random).contains(0));
  }

  @Test
  void blocksOfDifferentLevelAndSpreadAreCovered() {
    Simulated.assertCovers95(
        () ->
            QUICK
                .meanOfBlocks(
                    List.of(
                        Simulated.normal(10, 0.2, 0.1, random),
                        Simulated.normal(8, 0.6, 0.02, random)),
                    random)
                .contains(0.4));
  }

  @Test
  void differencesOfArmsAreCovered() {
    Simulated.assertCovers95(
        () ->
            QUICK
                .difference(
                    Simulated.normal(10, 0.7, 0.1, random), Simulated.beta(12, random), random)
                .contains(0.7 - 5 / 6.0));
  }

  @Test
  void fewRunsGetStudentsInterval() {
    // Mean 2, sd 1, t(2 degrees, 97.5 %) = 4.302653
    Interval interval = Bootstrap.standard().mean(new double[] {1, 2, 3}, random);
    assertEquals(2 - 4.302653 / Math.sqrt(3), interval.low(), 1e-6);
    assertEquals(2 + 4.302653 / Math.sqrt(3), interval.high(), 1e-6);
  }

  @Test
  void tiesFallBackInsteadOfBlowingUp() {
    // A third of all resamples have no spread. t(4 degrees, 97.5 %) = 2.776445, error 0.2
    Interval interval = Bootstrap.standard().mean(new double[] {1, 1, 1, 1, 2}, random);
    assertEquals(1.2 - 2.776445 * 0.2, interval.low(), 1e-6);
  }

  @Test
  void blocksCountAlikeWhateverTheirSize() {
    Interval interval =
        QUICK.meanOfBlocks(List.of(new double[] {1, 1}, new double[] {4, 4, 4, 4}), random);
    assertEquals(new Interval(2.5, 2.5, 0.95), interval);
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
    assertThrows(IllegalArgumentException.class, () -> QUICK.meanOfBlocks(List.of(), random));
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 1, 0.9));
  }
}
