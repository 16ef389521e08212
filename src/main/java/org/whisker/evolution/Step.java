package org.whisker.evolution;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Region;

/**
 * What a {@link SearchMethod} may know of the generation that it makes.
 *
 * @param generation counted from 1 (the founders are generation 0)
 * @param region where pixels may change in this generation
 * @param random the run's own generator
 * @param trace to be told where everything comes from; null when nobody asks
 */
public record Step(int generation, Region region, RandomGenerator random, @Nullable Trace trace) {
  /** A step that nobody traces. */
  public Step(int generation, Region region, RandomGenerator random) {
    this(generation, region, random, null);
  }
}
