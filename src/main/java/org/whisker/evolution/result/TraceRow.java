package org.whisker.evolution.result;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.TraceEvent;
import org.whisker.evolution.operator.Crossover.Recombination;
import org.whisker.evolution.operator.Edit;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code trace.csv}: the origin of an individual. For each generation, all children come
 * first, in the order in which they were bred, then the survivors by their place in the population.
 * Cells that do not apply to an event are empty; all indices count from 0. A child without a row
 * {@code joined} did not survive. Founders have no row.
 */
public record TraceRow(
    @Column(
            meaning =
                "number of the new generation, from 1; its parents are of the " + "previous one")
        int generation,
    @Column(
            meaning =
                "whether a child was bred, an individual of the previous generation "
                    + "was kept, or a child took a place in the population")
        Event event,
    @Column(
            meaning =
                "for a bred child, its number among the children; otherwise the place "
                    + "in the population")
        int index,
    @Column(meaning = "place of the first parent in the previous generation")
        @Nullable Integer parent,
    @Column(
            meaning =
                "place of the second parent; it contributes to the child only when "
                    + "crossover is not empty")
        @Nullable Integer mate,
    @Column(meaning = "name of the crossover operator; empty when there was none") String crossover,
    @Column(
            meaning =
                "random numbers drawn for the crossover, separated by semicolons (for "
                    + "a rectangle x0;y0;x1;y1, inclusive)")
        String crossoverDrawn,
    @Column(
            meaning =
                "the edits by mutation, in order, such as "
                    + "add:431;move:12>77;stroke:5+6+7, each with its pixel indices (y · "
                    + "width + x)")
        String edits,
    @Column(meaning = "for a kept individual, its place in the previous generation")
        @Nullable Integer previous,
    @Column(meaning = "for a child that takes a place, its number among the children")
        @Nullable Integer child) {
  public static final String FILE = "trace.csv";
  public static final Table<TraceRow> TABLE = Table.of(TraceRow.class, FILE);

  public enum Event {
    CHILD,
    KEPT,
    JOINED
  }

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
