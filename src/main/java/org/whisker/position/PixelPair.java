package org.whisker.position;

/**
 * Two blocks changed together.
 *
 * @param group where the two lie
 * @param a place of the first
 * @param b place of the second
 * @param deltaA Δlogit of the first alone
 * @param deltaB of the second alone
 * @param deltaBoth of both at once
 */
public record PixelPair(Group group, int a, int b, double deltaA, double deltaB, double deltaBoth) {
  /** Where the places of a pair lie: thirds of the canvas by edge rank. */
  public enum Group {
    /** Both in the outer third. */
    EDGE,
    /** Both in the inner third. */
    CENTRE,
    /** The first in the outer, the second in the inner third. */
    MIXED
  }

  public PixelPair {
    if (!Double.isFinite(deltaA + deltaB + deltaBoth)) {
      throw new IllegalArgumentException(
          "effects are finite, were " + deltaA + ", " + deltaB + ", together " + deltaBoth);
    }
  }

  /**
   * The interaction (epistasis): what both do beyond the sum of what each does. Below 0 they push
   * further towards cat together than apart.
   */
  public double interaction() {
    return deltaBoth - deltaA - deltaB;
  }
}
