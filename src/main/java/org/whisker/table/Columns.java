package org.whisker.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Columns of a table that people read, each with its title and what it says of a row.
 *
 * @param <R> a row
 */
public final class Columns<R> {
  private record Titled<R>(String title, Function<? super R, ?> cell) {}

  private final List<Titled<R>> columns;

  private Columns(List<Titled<R>> columns) {
    this.columns = columns;
  }

  /** No column yet, of rows of this type. */
  public static <R> Columns<R> of(Class<R> row) {
    return new Columns<>(List.of());
  }

  /** With one more at the right; its text is that of the value's {@code toString}. */
  public Columns<R> with(String title, Function<? super R, ?> cell) {
    List<Titled<R>> more = new ArrayList<>(columns);
    more.add(new Titled<>(title, cell));
    return new Columns<>(more);
  }

  public List<String> titles() {
    return columns.stream().map(Titled::title).toList();
  }

  /** The cells of each row. */
  public List<List<String>> rows(List<R> rows) {
    return rows.stream().map(this::cells).toList();
  }

  private List<String> cells(R row) {
    return columns.stream().map(column -> String.valueOf(column.cell().apply(row))).toList();
  }

  /** The titles, and below them the cells of each row. */
  public List<List<String>> lines(List<R> rows) {
    return Stream.concat(Stream.of(titles()), rows(rows).stream()).toList();
  }
}
