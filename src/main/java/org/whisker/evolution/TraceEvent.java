package org.whisker.evolution;

import java.util.List;
import java.util.Optional;
import org.whisker.evolution.operator.Crossover.Recombination;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.EditKind;

/**
 * An event in the ancestry of a population. For each generation after the founders, all {@link
 * Child children} come first, in the order in which they are scored; then each slot of the new
 * population, in order, is {@link Kept} or {@link Joined}. A child without a slot did not survive.
 * Indices count from 0.
 */
public sealed interface TraceEvent {
  /** The new generation; its parents are in the previous one. */
  int generation();

  /**
   * A child was bred.
   *
   * @param child its index among the children of this generation
   * @param parent index in the previous population of the parent that the child starts from
   * @param mate index of the other parent, which contributes only under crossover
   * @param crossover with its random numbers; empty if the child started as a copy of {@code
   *     parent}
   * @param changes mutations, in the order in which they were applied
   */
  record Child(
      int generation,
      int child,
      int parent,
      int mate,
      Optional<Recombination> crossover,
      List<Change> changes)
      implements TraceEvent {
    public Child {
      changes = List.copyOf(changes);
    }
  }

  /**
   * An individual of the previous population survives.
   *
   * @param index its index in the new population
   * @param previous its index in the previous one
   */
  record Kept(int generation, int index, int previous) implements TraceEvent {}

  /**
   * A child enters the population.
   *
   * @param index its index in the new population
   * @param child its index among the children
   */
  record Joined(int generation, int index, int child) implements TraceEvent {}

  /**
   * A mutation.
   *
   * @param kind {@link EditKind#label()}, or {@code flip} for mutation per pixel
   */
  record Change(String kind, Edit edit) {}

  /**
   * Receives the ancestry of each individual, in order of creation. Only {@link Genetic} reports
   * events; the other methods have no parents.
   */
  @FunctionalInterface
  public interface Trace {
    void on(TraceEvent event);
  }
}
