package org.whisker.ablation.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.move.PatternMove.PatternMoves;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

class RollPeriodTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final int IMAGES = 12;
  private static final int PIXELS = 14;

  /** Images that lie where pixels help, and a logit that counts the pixels that do. */
  private static MovedPatterns moved(IntPredicate helps, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "images", 0);
    int[] places = IntStream.range(0, CANVAS.pixels()).filter(helps).toArray();
    List<PatternMove> moves = PatternMoves.standard(CANVAS);
    List<Double> logits = new ArrayList<>();
    List<List<MovedPatterns.Moved>> moved = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      int[] drawn =
          IntStream.generate(() -> places[random.nextInt(places.length)])
              .distinct()
              .limit(PIXELS)
              .toArray();
      BlackPixels black = BlackPixels.of(CANVAS, drawn);
      logits.add(logit(black, helps));
      moved.add(
          moves.stream()
              .map(move -> move.of(black, random))
              .map(
                  other ->
                      new MovedPatterns.Moved(
                          PIXELS, java.util.OptionalDouble.empty(), logit(other, helps)))
              .toList());
    }
    return new MovedPatterns(moves, 0, logits, moved);
  }

  private static double logit(BlackPixels image, IntPredicate helps) {
    return -IntStream.of(image.indices()).filter(helps).count();
  }

  private static RollPeriod test(MovedPatterns patterns, boolean across, int modulus, int draws) {
    int[] all = IntStream.range(0, patterns.images()).toArray();
    return RollPeriod.of(patterns, all, across, modulus, draws, new SplitMix64(2));
  }

  @Test
  void aStrideIsFoundAlongItsAxisOnly() {
    MovedPatterns columns = moved(p -> CANVAS.x(p) % 4 == 1, 1);
    assertTrue(test(columns, true, 4, 9_999).p() < 0.002);
    assertTrue(test(columns, true, 4, 9_999).effect() > 0.5);
    assertTrue(test(columns, false, 4, 999).p() > 0.05);
    assertTrue(test(moved(p -> CANVAS.y(p) % 2 == 1, 2), false, 2, 9_999).p() < 0.001);
  }

  /** The multiples of 4 are multiples of 2, but those of 3 are none of either. */
  @Test
  void anotherModulusIsNot() {
    assertTrue(test(moved(p -> CANVAS.x(p) % 2 == 1, 3), true, 3, 999).p() > 0.05);
  }

  @Test
  void wherePixelsPreferADepthOrASideThereIsNoPeriod() {
    for (int modulus : new int[] {2, 4, 8}) {
      assertTrue(test(moved(p -> CANVAS.borderDistance(p) < 4, 4), true, modulus, 999).p() > 0.2);
      assertTrue(test(moved(p -> CANVAS.x(p) >= 16, 5), true, modulus, 999).p() > 0.2);
    }
  }

  /** Runs share the places of their network, which agree by any modulus and have no period. */
  @Test
  void placesInNoOrderAreCalledAPeriodInAtMostOneOfTwentyNetworks() {
    int[] moduli = {2, 4};
    int[] called = new int[moduli.length];
    for (int network = 0; network < 200; network++) {
      SplitMix64 random = SplitMix64.stream(network, "places", 0);
      boolean[] helps = new boolean[CANVAS.pixels()];
      IntStream.range(0, helps.length).forEach(p -> helps[p] = random.nextDouble() < 0.4);
      MovedPatterns patterns = moved(p -> helps[p], network);
      for (int m = 0; m < moduli.length; m++) {
        called[m] += test(patterns, true, moduli[m], 199).p() <= 0.05 ? 1 : 0;
      }
    }
    for (int m = 0; m < moduli.length; m++) { // 97 % of Binomial(200, 0.05)
      assertTrue(called[m] <= 17, called[m] + " of 200, modulo " + moduli[m]);
    }
  }

  @Test
  void aModulusFitsWhereTheCanvasHasMultiplesOfIt() {
    assertTrue(RollPeriod.fits(CANVAS, true, 8));
    assertFalse(RollPeriod.fits(CANVAS, true, 16), "one multiple up to the half");
    assertFalse(RollPeriod.fits(Canvas.square(30), true, 4), "a seam within a period");
    assertEquals(0, test(moved(p -> true, 1), true, 8, 9).p() < 1 ? 1 : 0, "nothing is lost");
  }
}
