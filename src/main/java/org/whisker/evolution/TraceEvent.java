package org.whisker.evolution;

import java.util.List;
import java.util.Optional;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.Recombination;

/**
 * Where an individual comes from. Of each generation after the founders all {@link Child children}
 * come first, in the order in which they are scored; then each place of the new population, from 0
 * up, is {@link Kept} or {@link Joined}. A child without a place did not survive. All indices count
 * from 0.
 */
public sealed interface TraceEvent {
  /** The generation that comes to be; its parents are those of the generation before. */
  int generation();

  /**
   * A child was bred.
   *
   * @param child its number among the children of this generation
   * @param parent index in the previous population of the parent that it is built on
   * @param mate index of the other parent, of which it has something only when they were crossed
   * @param crossover as it was drawn; empty when the child began as a copy of {@code parent}
   * @param changes by mutation, in the order in which they were made
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
   * An individual of the previous population lives on.
   *
   * @param index its place in the new population
   * @param previous its place in the previous one
   */
  record Kept(int generation, int index, int previous) implements TraceEvent {}

  /**
   * A child takes its place.
   *
   * @param index its place in the new population
   * @param child its number among the children
   */
  record Joined(int generation, int index, int child) implements TraceEvent {}

  /**
   * One change by mutation.
   *
   * @param kind {@link EditKind#label()}, or {@code flip} for mutation per pixel
   */
  record Change(String kind, Edit edit) {}
}
