package org.whisker.saliency;

/**
 * Options of Shapley value sampling.
 *
 * @param permutations number of permutations, even, at least 4: a standard error needs two
 *     antithetic pairs
 */
public record ShapleyOptions(int permutations, long seed) {
  public ShapleyOptions {
    Inputs.atLeast(4, "permutations", permutations);
    if (permutations % 2 != 0) {
      throw new IllegalArgumentException(
          "permutations come in pairs, so their number is even, was " + permutations);
    }
  }

  /** The number of images to score for one with this number of black pixels. */
  public int pictures(int blackPixels) {
    return Math.addExact(2, Math.multiplyExact(permutations, Math.max(0, blackPixels - 1)));
  }
}
