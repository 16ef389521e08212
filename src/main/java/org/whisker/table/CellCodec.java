package org.whisker.table;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv.CsvRow;

/**
 * Converts a component of a row's record to cells and back: one cell, or several for a component
 * that is itself a record.
 */
interface CellCodec {
  List<ColumnCodec> columns();

  /** Appends the cells of this component for one row. */
  void put(Record row, List<@Nullable Object> cells);

  /**
   * The value that the cells hold.
   *
   * @throws IOException naming file and line
   */
  @Nullable Object value(CsvRow row) throws IOException;

  boolean isEmpty(CsvRow row) throws IOException;

  static Object component(Method accessor, Record row) {
    try {
      return accessor.invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(accessor + " of " + row + " can't be had", e);
    }
  }
}
