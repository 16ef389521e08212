package org.whisker.evolution;

import java.util.random.RandomGenerator;
import org.whisker.image.Region;

/**
 * What a {@link SearchMethod} may know of the generation that it makes.
 *
 * @param generation counted from 1 (the founders are generation 0)
 * @param region where pixels may change in this generation
 * @param random the run's own generator
 */
public record Step(int generation, Region region, RandomGenerator random) {}
