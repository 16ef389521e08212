/**
 * The genetic algorithm and other searches for binary images that a classifier assigns to a class.
 *
 * <p>A generation is bred by pure operators (random numbers are drawn first) and scored as one
 * list, in full batches. An {@link org.whisker.evolution.Population.Individual} always has a score.
 */
package org.whisker.evolution;
