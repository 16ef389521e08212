package org.whisker.evolution;

import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.random.SplitMix64;

/** Logits with a known best. */
final class Planted {
  private Planted() {}

  /**
   * 4 on white; each black pixel counts by a fixed weight, a quarter of them towards the target.
   */
  static float[] weightedSum(List<BlackPixels> genomes) {
    float[] logits = new float[genomes.size()];
    for (int i = 0; i < logits.length; i++) {
      double logit = 4;
      for (int pixel : genomes.get(i).indices()) {
        logit += weight(pixel);
      }
      logits[i] = (float) logit;
    }
    return logits;
  }

  static double weight(int pixel) {
    double hash = (SplitMix64.mix(pixel + 1) >>> 11) * 0x1p-53;
    return hash < 0.25 ? -hash : hash - 0.25;
  }
}
