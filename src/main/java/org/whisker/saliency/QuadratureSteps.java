package org.whisker.saliency;

/**
 * How many nodes the quadrature of an integral over gradients has.
 *
 * @param first how many are tried first, at least 1
 * @param most their number is doubled, up to this one, until the map adds up; at least {@code
 *     first}
 */
public record QuadratureSteps(int first, int most) {
  private static final int MOST_TIMES = 16;

  public QuadratureSteps {
    Inputs.atLeast(1, "steps", first);
    Inputs.atLeast(first, "most steps", most);
  }

  /** At first {@code first} steps, then more until the error is small, up to 16 times as many. */
  public static QuadratureSteps from(int first) {
    return new QuadratureSteps(first, (int) Math.min(Integer.MAX_VALUE, (long) MOST_TIMES * first));
  }

  /** So many, whether the map adds up or not. */
  public static QuadratureSteps fixed(int steps) {
    return new QuadratureSteps(steps, steps);
  }

  public String words() {
    return first == most ? first + " steps" : first + " to " + most + " steps";
  }
}
