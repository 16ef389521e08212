package org.whisker.evolution;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Region;

/**
 * The context in which a {@link SearchMethod} makes a generation.
 *
 * @param generation counted from 1 (the founders are generation 0)
 * @param region where pixels may change in this generation
 * @param random the run's random generator
 * @param trace receives the ancestry of each individual; null if not traced
 */
public record GenerationContext(
    int generation, Region region, RandomGenerator random, TraceEvent.@Nullable Trace trace) {
  /** An untraced step. */
  public GenerationContext(int generation, Region region, RandomGenerator random) {
    this(generation, region, random, null);
  }
}
