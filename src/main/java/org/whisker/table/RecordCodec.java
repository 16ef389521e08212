package org.whisker.table;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv.CsvRow;

/**
 * All columns of a record as cells, in order. A component that is itself a record is expanded in
 * place, and absent where it is {@code @Nullable} or an {@link Optional} and all of its cells are
 * empty; a method with a {@link Column} has its place among the components.
 */
final class RecordCodec {
  private final Class<?> type;
  private final List<CellCodec> cells;
  private final Constructor<?> constructor;

  private RecordCodec(Class<?> type, List<CellCodec> cells, Constructor<?> constructor) {
    this.type = type;
    this.cells = List.copyOf(cells);
    this.constructor = constructor;
  }

  /**
   * The codec of this record.
   *
   * @param prefix the prefix of each column's name
   * @param unit the unit of the columns that have none of their own
   * @param mayLack whether files may lack its columns
   * @throws IllegalArgumentException for a type that no cell holds, or a method without its place
   */
  static RecordCodec of(Class<?> type, String prefix, String unit, boolean mayLack) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = new ArrayList<>();
    List<CellCodec> cells = new ArrayList<>();
    for (RecordComponent component : components) {
      names.add(component.getName());
      cells.add(codec(component.getAccessor(), prefix, unit, mayLack));
    }
    List<Method> derived = derived(type, names);
    while (!derived.isEmpty()) {
      Method next = next(derived, names);
      derived.remove(next);
      int at = 1 + names.indexOf(next.getAnnotation(Column.class).after());
      names.add(at, next.getName());
      cells.add(at, new Derived(codec(next, prefix, unit, mayLack)));
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordCodec(type, cells, constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every record has its canonical constructor
    }
  }

  private static CellCodec codec(Method accessor, String prefix, String unit, boolean mayLack) {
    return ColumnCodec.held(accessor).isRecord()
        ? Nested.of(accessor, prefix, unit, mayLack)
        : ColumnCodec.of(accessor, prefix, unit, mayLack);
  }

  /** The methods that are columns, but for the components' own. */
  private static List<Method> derived(Class<?> type, List<String> components) {
    return new ArrayList<>(
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Column.class))
            .filter(method -> !components.contains(method.getName()))
            .toList());
  }

  /** Finds the one method whose predecessor has its place; the order of reflection is arbitrary. */
  private static Method next(List<Method> derived, List<String> placed) {
    for (Method method : derived) {
      String after = method.getAnnotation(Column.class).after();
      if (derived.stream().filter(m -> m.getAnnotation(Column.class).after().equals(after)).count()
          > 1) {
        throw new IllegalArgumentException("two columns come after \"" + after + "\": " + method);
      }
      if (after.equals(Column.START) || placed.contains(after)) {
        return method;
      }
    }
    throw new IllegalArgumentException("after what is the column of " + derived + "?");
  }

  List<ColumnCodec> columns() {
    return cells.stream().flatMap(cell -> cell.columns().stream()).toList();
  }

  void put(@Nullable Record row, List<@Nullable Object> values) {
    if (row == null) {
      values.addAll(Collections.nCopies(columns().size(), null));
      return;
    }
    for (CellCodec cell : cells) {
      cell.put(row, values);
    }
  }

  boolean isEmpty(CsvRow row) throws IOException {
    for (CellCodec cell : cells) {
      if (!cell.isEmpty(row)) {
        return false;
      }
    }
    return true;
  }

  Object read(CsvRow row) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    for (CellCodec cell : cells) {
      Object value = cell.value(row); // also of what is derived: a cell that can't be is an error
      if (!(cell instanceof Derived)) {
        values.add(value);
      }
    }
    try {
      return constructor.newInstance(values.toArray());
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

  /** A column that follows from the others. */
  private record Derived(CellCodec cell) implements CellCodec {
    @Override
    public List<ColumnCodec> columns() {
      return cell.columns();
    }

    @Override
    public void put(Record row, List<@Nullable Object> values) {
      cell.put(row, values);
    }

    @Override
    public @Nullable Object value(CsvRow row) throws IOException {
      return cell.value(row);
    }

    @Override
    public boolean isEmpty(CsvRow row) throws IOException {
      return cell.isEmpty(row);
    }
  }

  /** A component that is itself a record: its cells, all empty when it is absent. */
  private record Nested(Method accessor, RecordCodec codec, boolean nullable, boolean wrapped)
      implements CellCodec {
    static Nested of(Method accessor, String prefix, String unit, boolean mayLack) {
      Column column = accessor.getAnnotation(Column.class);
      accessor.setAccessible(true);
      String own = column == null ? prefix : prefix + column.value();
      boolean lacks = mayLack || (column != null && column.optional());
      String its = column == null || column.unit().isEmpty() ? unit : column.unit();
      return new Nested(
          accessor,
          RecordCodec.of(ColumnCodec.held(accessor), own, its, lacks),
          accessor.getAnnotatedReturnType().isAnnotationPresent(Nullable.class),
          accessor.getReturnType() == Optional.class);
    }

    @Override
    public List<ColumnCodec> columns() {
      return codec.columns();
    }

    @Override
    public void put(Record row, List<@Nullable Object> values) {
      Object held = CellCodec.component(accessor, row);
      codec.put((Record) (held instanceof Optional<?> of ? of.orElse(null) : held), values);
    }

    @Override
    public @Nullable Object value(CsvRow row) throws IOException {
      if (wrapped) {
        return codec.isEmpty(row) ? Optional.empty() : Optional.of(codec.read(row));
      }
      return nullable && codec.isEmpty(row) ? null : codec.read(row);
    }

    @Override
    public boolean isEmpty(CsvRow row) throws IOException {
      return codec.isEmpty(row);
    }
  }
}
