package org.whisker.boundary.attack;

import java.util.Optional;
import org.whisker.image.GrayImage;

/**
 * What an attack found.
 *
 * @param logit of not-cat of the picture
 * @param crossed the smallest change that it found; empty if it never crossed the boundary
 */
public record Attacked(float logit, Optional<Crossed> crossed) {
  /**
   * A picture on the other side.
   *
   * @param logit of not-cat
   * @param distance from the first one, by the norm of the attack
   */
  public record Crossed(GrayImage picture, float logit, double distance) {}
}
