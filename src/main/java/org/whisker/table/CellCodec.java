package org.whisker.table;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.io.CsvRow;

/**
 * How a component of a row's record becomes cells, and is read back: one, or of a record several.
 */
interface CellCodec {
  /** The columns, in their order. */
  List<ColumnCodec> columns();

  /** Appends its cells of a row. */
  void put(Record row, List<@Nullable Object> cells);

  /**
   * What its cells say.
   *
   * @throws IOException naming file and line
   */
  @Nullable Object value(CsvRow row) throws IOException;

  /** Whether none of its cells holds anything. */
  boolean isEmpty(CsvRow row) throws IOException;

  /** A component of a row. */
  static Object component(Method accessor, Record row) {
    try {
      return accessor.invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(accessor + " of " + row + " can't be had", e);
    }
  }
}
