package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class SelectionTest {
  private static final Canvas CANVAS = Canvas.square(8);
  private static final int DRAWS = 40_000;

  @Test
  void rouletteIsInProportionToWhatIsAboveTheWorst() {
    assertShares(new Selection.Roulette(), population(-9, -6, -8, -9), 0, 0.75, 0.25, 0);
  }

  @Test
  void rankFallsInEqualSteps() {
    assertShares(new Selection.Rank(2), population(5, 1, 2, -70), 0.5, 1 / 6.0, 2 / 6.0, 0);
    assertShares(new Selection.Rank(1), population(5, 1, 2, -70), 0.25, 0.25, 0.25, 0.25);
    // ranks 0, 1.5, 1.5, 3 of pressure 1.5: (0.5 + rank / 3) / 4
    assertShares(new Selection.Rank(1.5), population(0, 7, 7, 9), 0.125, 0.25, 0.25, 0.375);
  }

  @Test
  void truncationTakesTheFittestAlike() {
    assertShares(new Selection.Truncation(0.5), population(5, 1, 2, 0), 0.5, 0, 0.5, 0);
    assertShares(
        new Selection.Truncation(0.51), population(5, 1, 2, 0), 1 / 3.0, 1 / 3.0, 1 / 3.0, 0);
    assertShares(new Selection.Truncation(0.01), population(5, 5, 2, 0), 0, 1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tournament:4", "truncation:1.0", "roulette", "rank:2.0"})
  void equalsAreTreatedAlike(String kind) {
    assertShares(Selection.parse(kind), population(-3, -3, -3, -3), 0.25, 0.25, 0.25, 0.25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tournament:4", "truncation:0.25", "roulette", "rank:1.25"})
  void aPopulationOfOneHasOneParent(String kind) {
    Selection selection = Selection.parse(kind);
    assertEquals(kind, selection.label());
    assertEquals(0, selection.from(population(-2)).choose(new SplitMix64(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "best", "tournament:0", "tournament:x", "tournament:1.5", "truncation:0",
        "truncation:1.01", "truncation:NaN", "rank:0.99", "rank:2.01", "rank:", "roulette:2"
      })
  void whatCannotBeIsRefusedWithItsValue(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> Selection.parse(text));
    String value = text.substring(text.indexOf(':') + 1);
    assertTrue(String.valueOf(e.getMessage()).contains(value), e::getMessage);
  }

  @Test
  void withoutAValueThereAreDefaults() {
    assertEquals(new Selection.Tournament(3), Selection.parse("tournament"));
    assertEquals(new Selection.Truncation(0.5), Selection.parse("truncation"));
    assertEquals(new Selection.Rank(1.5), Selection.parse("rank"));
  }

  private static void assertShares(Selection selection, Population from, double... shares) {
    Selection.Chooser chooser = selection.from(from);
    SplitMix64 random = new SplitMix64(6);
    int[] chosen = new int[from.size()];
    for (int i = 0; i < DRAWS; i++) {
      chosen[chooser.choose(random)]++;
    }
    for (int i = 0; i < shares.length; i++) {
      double error = Math.sqrt(shares[i] * (1 - shares[i]) / DRAWS);
      assertEquals(shares[i], chosen[i] / (double) DRAWS, 4 * error, "individual " + i);
    }
  }

  private static Population population(double... fitness) {
    return new Population(
        IntStream.range(0, fitness.length)
            .mapToObj(i -> new Individual(BlackPixels.of(CANVAS, i), 0, fitness[i]))
            .toList());
  }
}
