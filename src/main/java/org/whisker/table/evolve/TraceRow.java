package org.whisker.table.evolve;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.TraceEvent;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.Recombination;
import org.whisker.table.Table;

/**
 * Where an individual comes from, a row of {@code trace.csv}, in the order in which they came to
 * be. Of each generation first all children, then who takes which place in the population. Cells
 * that an event has no use for are empty; all indices count from 0. A child without a row {@code
 * joined} did not survive. Founders have no row.
 *
 * @param generation the one that comes to be, from 1; its parents are of the one before
 * @param event whether a child was bred, an individual of the generation before kept, or a child
 *     takes a place
 * @param index of a child its number among the children, else the place in the population
 * @param parent its place in the generation before
 * @param mate likewise; a child has something of its mate only where {@code crossover} says how
 * @param crossover its name
 * @param crossoverDrawn the numbers drawn for it, with semicolons between them (a rectangle's are
 *     x0;y0;x1;y1, borders included)
 * @param edits by mutation, in their order, as {@code add:431;move:12>77;stroke:5+6+7}, each with
 *     its pixels (y · width + x)
 * @param previous of an individual that is kept, the place in the generation before
 * @param child of a child that takes a place, its number
 */
public record TraceRow(
    int generation,
    Event event,
    int index,
    @Nullable Integer parent,
    @Nullable Integer mate,
    String crossover,
    String crossoverDrawn,
    String edits,
    @Nullable Integer previous,
    @Nullable Integer child) {
  public static final String FILE = "trace.csv";
  public static final Table<TraceRow> TABLE = Table.of(TraceRow.class);

  /** What a row tells of. */
  public enum Event {
    CHILD,
    KEPT,
    JOINED
  }

  /** The row of an event. */
  public static TraceRow of(TraceEvent event) {
    if (event instanceof TraceEvent.Child child) {
      return child(child);
    }
    if (event instanceof TraceEvent.Kept kept) {
      return place(event.generation(), Event.KEPT, kept.index(), kept.previous(), null);
    }
    TraceEvent.Joined joined = (TraceEvent.Joined) event;
    return place(event.generation(), Event.JOINED, joined.index(), null, joined.child());
  }

  private static TraceRow child(TraceEvent.Child c) {
    return new TraceRow(
        c.generation(),
        Event.CHILD,
        c.child(),
        c.parent(),
        c.mate(),
        c.crossover().map(Recombination::label).orElse(""),
        c.crossover().map(crossed -> joined(";", crossed.drawn())).orElse(""),
        c.changes().stream().map(TraceRow::edit).collect(Collectors.joining(";")),
        null,
        null);
  }

  private static TraceRow place(
      int generation, Event event, int index, @Nullable Integer previous, @Nullable Integer child) {
    return new TraceRow(generation, event, index, null, null, "", "", "", previous, child);
  }

  private static String edit(TraceEvent.Change change) {
    String between = change.edit() instanceof Edit.Move ? ">" : "+";
    List<Integer> pixels = Arrays.stream(change.edit().pixels()).boxed().toList();
    return change.kind() + ":" + joined(between, pixels);
  }

  private static String joined(String between, List<? extends Number> numbers) {
    return numbers.stream().map(Number::toString).collect(Collectors.joining(between));
  }
}
