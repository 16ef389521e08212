package org.whisker.table;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;

/**
 * A CSV table, described once: by the record that is its row, a component a column (see {@link
 * Column}). Writer and reader follow from it. Components are text, numbers, booleans (1 and 0),
 * enums (small letters), {@code Optional} numbers, or boxed numbers that may be null; what is
 * absent is an empty cell.
 *
 * @param <R> a row
 */
public final class Table<R extends Record> {
  private final Class<R> type;
  private final List<ColumnCodec> columns;
  private final Constructor<R> constructor;

  private Table(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    this.type = type;
    this.columns = Arrays.stream(components).map(ColumnCodec::of).toList();
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      this.constructor = type.getDeclaredConstructor(types);
      this.constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // a record has that constructor
    }
  }

  /**
   * The table of these rows.
   *
   * @throws IllegalArgumentException when a component is of a type that no cell holds
   */
  public static <R extends Record> Table<R> of(Class<R> row) {
    return new Table<>(row);
  }

  /** The names of the columns. */
  public List<String> header() {
    return columns.stream().map(ColumnCodec::name).toList();
  }

  /** The units of the columns, in their order; empty for text and counts. */
  public List<String> units() {
    return columns.stream().map(ColumnCodec::unit).toList();
  }

  /** Writes the file whole or not at all. */
  public void write(Path file, List<R> rows) throws IOException {
    try (TableWriter<R> writer = writer(file)) {
      for (R row : rows) {
        writer.row(row);
      }
      writer.finish();
    }
  }

  /** A new file that grows row by row. */
  public TableWriter<R> writer(Path file) throws IOException {
    return TableWriter.create(this, file);
  }

  /** What a row's cells hold. */
  @Nullable Object[] cells(R row) {
    return columns.stream().map(column -> column.cell(row)).toArray();
  }

  /**
   * Reads the whole file. Columns that this has not are passed over.
   *
   * @throws IOException naming file and line when a column is missing or a cell can't be read
   */
  public List<R> read(Path file) throws IOException {
    List<R> rows = new ArrayList<>();
    Csv.scan(file, row -> rows.add(read(row)));
    return rows;
  }

  /** The same; no row when there is no such file. */
  public List<R> readIfThere(Path file) throws IOException {
    return Files.isRegularFile(file) ? read(file) : List.of();
  }

  /** One row, see {@link #read(Path)}. */
  public R read(CsvRow row) throws IOException {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).value(row);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalArgumentException) {
        throw row.error(String.valueOf(cause.getMessage()));
      }
      throw new IllegalStateException(type + " can't be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made", e);
    }
  }
}
