package org.whisker.evolution;

import org.whisker.image.BlackPixels;
import org.whisker.random.SplitMix64;

/**
 * A 128-bit hash of a genome: two 64-bit hashes with different constants. The probability of any
 * collision among 10^9 genomes is about 1e-21. {@code low} is never 0.
 */
record Fingerprint(long high, long low) {
  private static final long HIGH_STEP = 0xD6E8FEB86659FD93L;
  private static final long LOW_STEP = 0xA0761D6478BD642FL;

  static Fingerprint of(BlackPixels genome) {
    long high = genome.canvas().width();
    long low = ((long) genome.canvas().height() << 32) | genome.count();
    for (int i = 0; i < genome.count(); i++) {
      long pixel = genome.get(i) + 1L;
      high = SplitMix64.mix(high + pixel * HIGH_STEP);
      low = (Long.rotateLeft(low, 29) ^ SplitMix64.mix(pixel * LOW_STEP)) * LOW_STEP;
    }
    low = SplitMix64.mix(low);
    return new Fingerprint(SplitMix64.mix(high), low == 0 ? 1 : low);
  }
}
