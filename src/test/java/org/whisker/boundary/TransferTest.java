package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;

class TransferTest {
  private static final Canvas CANVAS = Canvas.square(10);

  private static Transfer of(Float... logits) {
    return new Transfer("a", "b", Transfer.Relation.OTHER, List.of(logits));
  }

  @Test
  void meanAndShare() {
    float third = (float) Math.log(2); // p(target) of 1/3
    Transfer transfer = of(third, -third, 0f, third);
    assertEquals((1 / 3.0 + 2 / 3.0 + 0.5 + 1 / 3.0) / 4, transfer.meanCatProbability(), 1e-7);
    assertEquals(2, transfer.cats()); // one half counts
    assertEquals(0.5, transfer.share());
  }

  @Test
  void intervalsAreOverImages() {
    Transfer mixed = of(-3f, -2f, 1f, 2f, -1f, 0.5f, -2.5f, 3f);
    Interval mean = mixed.meanInterval(new SplitMix64(1)).orElseThrow();
    assertTrue(mean.contains(mixed.meanCatProbability()));
    Interval share = mixed.shareInterval().orElseThrow();
    assertTrue(share.contains(0.5) && share.low() >= 0 && share.high() <= 1, "" + share);
    assertTrue(share.width() > 0.3, "" + share);
    assertEquals(Optional.empty(), of(-1f).meanInterval(new SplitMix64(1)));
    // all on one side: three images don't show that all others are, too
    Interval all = of(-1f, -2f, -3f).shareInterval().orElseThrow();
    assertTrue(all.low() < 0.5 && all.high() == 1, "" + all);
    assertTrue(of(-1f, -2f, -3f).meanInterval(new SplitMix64(1)).isPresent());
  }

  /** Two images far apart: Student's interval of their mean would reach from -5 to 7. */
  @Test
  void theIntervalOfAProbabilityIsOneOfProbabilities() {
    Interval mean = of(-9f, 9f).meanInterval(new SplitMix64(1)).orElseThrow();
    assertTrue(mean.low() >= 0 && mean.high() <= 1, "" + mean);
    assertTrue(mean.width() > 0.5, "" + mean);
  }

  @Test
  void theControlHasAsManyPixelsElsewhere() {
    BlackPixels image = BlackPixels.of(CANVAS, 0, 1, 2, 3, 4, 5);
    for (Tones tones : List.of(Tones.standard(), new Tones(0.5f, 1))) {
      BlackPixels other =
          tones.inked(
              GrayImage.of(Transfer.scattered(tones.painted(image), tones, new SplitMix64(1))));
      assertEquals(6, other.count());
      assertNotEquals(image, other);
    }
    // all places are as likely
    int[] counts = new int[100];
    for (int seed = 0; seed < 1000; seed++) {
      BlackPixels other =
          (BlackPixels) Transfer.scattered(image, Tones.standard(), new SplitMix64(seed));
      IntStream.of(other.indices()).forEach(i -> counts[i]++);
    }
    for (int count : counts) {
      assertEquals(60, count, 35); // 4.7 standard deviations
    }
  }

  @Test
  void scoresKeepTheirOrder() {
    Formula count = Formula.ofBlackCount(CANVAS, black -> black - 2.5);
    List<BlackPixels> images = List.of(BlackPixels.of(CANVAS, 1, 2, 3), BlackPixels.none(CANVAS));
    assertEquals(
        List.of(0.5f, -2.5f), Transfer.of(count, "a", "b", Transfer.Relation.OWN, images).logits());
    assertThrows(
        IllegalArgumentException.class,
        () -> Transfer.of(count, "a", "b", Transfer.Relation.OWN, List.of()));
  }
}
