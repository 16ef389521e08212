package org.whisker.classifier;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How gray values become a network's input: {@code (gray - mean) / sd}, the same in every channel.
 *
 * @param mean in gray values, 0 black to 1 white
 * @param sd in gray values, above 0
 */
public record Preprocessing(float mean, float sd) {
  public Preprocessing {
    if (!Float.isFinite(mean)) {
      throw new IllegalArgumentException("mean must be a number: " + mean);
    }
    if (!(sd > 0 && sd < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("sd must be above 0: " + sd);
    }
  }

  /** Gray values as they are. */
  public static Preprocessing identity() {
    return new Preprocessing(0, 1);
  }

  @JsonIgnore
  public boolean isIdentity() {
    return mean == 0 && sd == 1;
  }

  /** The input value of a gray value in [0, 1]. */
  public float value(float gray) {
    return (gray - mean) / sd;
  }
}
