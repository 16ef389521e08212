package org.whisker.table;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.io.CsvRow;

/**
 * All components of a record as cells, in order. A component that is itself a record is expanded in
 * place.
 */
final class RecordCodec {
  private final Class<?> type;
  private final List<CellCodec> components;
  private final Constructor<?> constructor;

  private RecordCodec(Class<?> type, List<CellCodec> components, Constructor<?> constructor) {
    this.type = type;
    this.components = List.copyOf(components);
    this.constructor = constructor;
  }

  /**
   * The codec of this record.
   *
   * @param prefix the prefix of each column's name
   * @param unit of the columns that have none of their own
   * @param mayLack whether files may lack its columns
   */
  static RecordCodec of(Class<?> type, String prefix, String unit, boolean mayLack) {
    RecordComponent[] components = type.getRecordComponents();
    List<CellCodec> codecs = new ArrayList<>();
    for (RecordComponent component : components) {
      codecs.add(
          component.getType().isRecord()
              ? Nested.of(component, prefix, unit, mayLack)
              : ColumnCodec.of(component, prefix, unit, mayLack));
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordCodec(type, codecs, constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every record has its canonical constructor
    }
  }

  List<ColumnCodec> columns() {
    return components.stream().flatMap(component -> component.columns().stream()).toList();
  }

  void put(@Nullable Record row, List<@Nullable Object> cells) {
    if (row == null) {
      cells.addAll(Collections.nCopies(columns().size(), null));
      return;
    }
    for (CellCodec component : components) {
      component.put(row, cells);
    }
  }

  boolean isEmpty(CsvRow row) throws IOException {
    for (CellCodec component : components) {
      if (!component.isEmpty(row)) {
        return false;
      }
    }
    return true;
  }

  Object read(CsvRow row) throws IOException {
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = components.get(i).value(row);
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

  /** A component that is itself a record: its cells, all empty when it is null. */
  private record Nested(java.lang.reflect.Method accessor, RecordCodec codec) implements CellCodec {
    static Nested of(RecordComponent component, String prefix, String unit, boolean mayLack) {
      Column column = component.getAnnotation(Column.class);
      component.getAccessor().setAccessible(true);
      String own = column == null ? prefix : prefix + column.value();
      boolean lacks = mayLack || (column != null && column.optional());
      String its = column == null || column.unit().isEmpty() ? unit : column.unit();
      return new Nested(
          component.getAccessor(), RecordCodec.of(component.getType(), own, its, lacks));
    }

    @Override
    public List<ColumnCodec> columns() {
      return codec.columns();
    }

    @Override
    public void put(Record row, List<@Nullable Object> cells) {
      codec.put((Record) CellCodec.component(accessor, row), cells);
    }

    @Override
    public @Nullable Object value(CsvRow row) throws IOException {
      return codec.isEmpty(row) ? null : codec.read(row);
    }

    @Override
    public boolean isEmpty(CsvRow row) throws IOException {
      return codec.isEmpty(row);
    }
  }
}
