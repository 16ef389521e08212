/**
 * The genetic algorithm that looks for black pixels a classifier takes for a cat.
 *
 * <p>A generation is bred by pure operators (random numbers drawn first) and scored as one list, so
 * that a network sees whole batches. Fitness is never stored apart from the genome it belongs to:
 * an {@link org.whisker.evolution.Individual} has a score from birth.
 */
package org.whisker.evolution;
