package org.whisker.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  /** What reports of Java 17 were made with: in the first 20 million draws Java 25's own differ. */
  @Test
  void normalNumbersAreThoseOfJava17() {
    SplitMix64 random = new SplitMix64(1);
    long hash = 0;
    int tail = 0;
    for (int i = 0; i < 20_000_000; i++) {
      double drawn = random.nextGaussian();
      hash = 31 * hash + Double.doubleToLongBits(drawn);
      tail += Math.abs(drawn) > SplitMix64.TAIL ? 1 : 0;
    }
    assertEquals(-5337054353019803125L, hash);
    assertEquals(20_000_000 * 0.000277, tail, 200);
  }

  /** All other numbers come from Java as they are; versions so far agree. */
  @Test
  void otherNumbersAreThoseOfJava17() {
    RandomGenerator random = new SplitMix64(1);
    long hash = 0;
    for (int i = 0; i < 300_000; i++) {
      hash = 31 * hash + random.nextInt(1 + i % 1000);
      hash = 31 * hash + random.nextInt(5, 77 + i % 9);
      hash = 31 * hash + random.nextLong(1 + i * 7L);
      hash = 31 * hash + Double.doubleToLongBits(random.nextDouble(-1, 2.5));
      hash = 31 * hash + Double.doubleToLongBits(random.nextExponential());
    }
    assertEquals(5186535103972137974L, hash);
  }
}
