package org.whisker.table;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.TraceEvent;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.Recombination;
import org.whisker.io.CsvWriter;

/**
 * {@code trace.csv}: where every individual comes from, a row an event, in the order in which they
 * came to be. Of each generation first all children, then who takes which place in the population.
 * Cells that an event has no use for are empty; all indices count from 0. The columns:
 *
 * <ul>
 *   <li>{@code generation}: the one that comes to be, from 1; its parents are of the one before
 *   <li>{@code event}: {@code child} was bred, {@code kept} an individual of the generation before,
 *       {@code joined} a child that takes a place
 *   <li>{@code index}: of a child its number among the children, else the place in the population
 *   <li>{@code parent}, {@code mate}: places in the generation before; a child has something of its
 *       mate only where {@code crossover} says how
 *   <li>{@code crossover}, {@code crossover_drawn}: its name, and the numbers drawn for it with
 *       semicolons between them (a rectangle's are x0;y0;x1;y1, borders included)
 *   <li>{@code edits}: by mutation, in their order, as {@code add:431;move:12>77;stroke:5+6+7},
 *       each with its pixels (y · width + x)
 *   <li>{@code previous}: of {@code kept} the place in the generation before
 *   <li>{@code child}: of {@code joined} the child's number
 * </ul>
 *
 * <p>A child without a {@code joined} row did not survive. Founders have no row.
 */
public final class TraceFile {
  /** Its columns. */
  public static final List<String> HEADER =
      List.of(
          "generation",
          "event",
          "index",
          "parent",
          "mate",
          "crossover",
          "crossover_drawn",
          "edits",
          "previous",
          "child");

  private TraceFile() {}

  /** Appends an event. */
  public static void row(CsvWriter csv, TraceEvent event) throws IOException {
    int generation = event.generation();
    if (event instanceof TraceEvent.Child c) {
      Recombination crossed = c.crossover().orElse(null);
      csv.row(
          generation,
          "child",
          c.child(),
          c.parent(),
          c.mate(),
          crossed == null ? null : crossed.label(),
          crossed == null ? null : joined(";", crossed.drawn()),
          c.changes().stream().map(TraceFile::edit).collect(Collectors.joining(";")),
          null,
          null);
    } else if (event instanceof TraceEvent.Kept kept) {
      place(csv, generation, "kept", kept.index(), kept.previous(), null);
    } else if (event instanceof TraceEvent.Joined joined) {
      place(csv, generation, "joined", joined.index(), null, joined.child());
    }
  }

  private static void place(
      CsvWriter csv,
      int generation,
      String event,
      int index,
      @Nullable Integer previous,
      @Nullable Integer child)
      throws IOException {
    csv.row(generation, event, index, null, null, null, null, null, previous, child);
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
