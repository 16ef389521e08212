package org.whisker.position;

/**
 * Two blocks changed together.
 *
 * @param group where the two blocks lie
 * @param a position of the first
 * @param b position of the second
 * @param deltaA Δlogit of the first alone
 * @param deltaB of the second alone
 * @param deltaBoth of both at once
 */
public record PixelPair(Group group, int a, int b, double deltaA, double deltaB, double deltaBoth) {
  /** Where the positions of a pair lie: thirds of the canvas by edge rank. */
  public enum Group {
    /** Both pixels lie in the outer third. */
    EDGE,
    /** Both pixels lie in the inner third. */
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
   * The interaction (epistasis): the effect of both minus the sum of their separate effects. Below
   * 0, the joint effect is further towards cat than that sum.
   */
  public double interaction() {
    return deltaBoth - deltaA - deltaB;
  }
}
