package org.whisker.saliency;

/**
 * How many orders Shapley values are sampled with.
 *
 * @param permutations even, at least 4: a standard error needs two pairs
 */
public record ShapleyOptions(int permutations, long seed) {
  public ShapleyOptions {
    Inputs.atLeast(4, "permutations", permutations);
    if (permutations % 2 != 0) {
      throw new IllegalArgumentException(
          "permutations come in pairs, so their number is even, was " + permutations);
    }
  }

  /** How many pictures must be scored for an image with so many black pixels. */
  public int pictures(int blackPixels) {
    return Math.addExact(2, Math.multiplyExact(permutations, Math.max(0, blackPixels - 1)));
  }
}
