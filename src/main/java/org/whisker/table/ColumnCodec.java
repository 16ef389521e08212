package org.whisker.table;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv.CsvRow;
import org.whisker.value.Checks;

/**
 * One column: how its cell is obtained from the record of a row, and read back.
 *
 * @param field its name without the prefix of the record that it is a part of
 * @param optional whether files may lack it
 * @param type the type of a value, which is that within an {@link Optional}
 * @param wrapped whether the record holds it in an {@link Optional}
 */
record ColumnCodec(
    String name,
    String field,
    String unit,
    boolean optional,
    Optional<Column> column,
    Class<?> type,
    boolean wrapped,
    Method accessor)
    implements CellCodec {
  /** Error that areas and means of probabilities may have. */
  private static final double ROUNDING = 1e-9;

  /** Labels of tables that are no enum's, as versions before 0.4 wrote them. */
  private static final Map<String, String> LABELS =
      Map.of("p_cat", "p_target", "not_enough_cats", "not_enough_targets");

  private static final Set<Class<?>> TYPES =
      Set.of(
          String.class,
          int.class,
          long.class,
          double.class,
          float.class,
          boolean.class,
          Integer.class,
          Long.class,
          Double.class,
          Float.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class);

  /**
   * The column of a component or of a method that is a column.
   *
   * @param prefix the prefix of its name
   * @param inherited its unit, unless it has one of its own
   * @param mayLack whether files may lack it, regardless of its annotation
   */
  static ColumnCodec of(Method accessor, String prefix, String inherited, boolean mayLack) {
    Class<?> type = held(accessor);
    Checks.refuse(
        !TYPES.contains(type) && !type.isEnum(), "no cell holds a %s: %s", type, accessor);
    Optional<Column> column = Optional.ofNullable(accessor.getAnnotation(Column.class));
    String name = column.map(Column::value).orElse("");
    String field = name.isEmpty() ? snakeCase(accessor.getName()) : name;
    String unit = column.map(Column::unit).orElse("");
    accessor.setAccessible(true);
    return new ColumnCodec(
        prefix + field,
        field,
        unit.isEmpty() ? inherited : unit,
        mayLack || column.map(Column::optional).orElse(false),
        column,
        type,
        accessor.getReturnType() == Optional.class,
        accessor);
  }

  /** The type of a component or method; of an {@link Optional}, that of what it holds. */
  static Class<?> held(Method accessor) {
    if (!(accessor.getGenericReturnType() instanceof ParameterizedType optional)
        || accessor.getReturnType() != Optional.class) {
      return accessor.getReturnType();
    }
    return optional.getActualTypeArguments()[0] instanceof Class<?> type ? type : Object.class;
  }

  /** What a cell holds, in a sentence; empty where nobody wrote one. */
  String meaning() {
    String given = column.map(Column::meaning).orElse("");
    return given.isEmpty() ? Glossary.meaning(name, field) : given;
  }

  /** Header for people. */
  String title() {
    String given = column.map(Column::title).orElse("");
    return given.isEmpty() ? name.replace('_', ' ') : given;
  }

  /** Whether tables for people have it. */
  boolean isShown() {
    return !column.map(Column::format).orElse("").isEmpty();
  }

  /** The cell in a table for people; a dash for none. */
  String shown(@Nullable Object cell) {
    Object value = Table.plain(cell);
    return value == null
        ? "-"
        : String.format(Locale.ROOT, column.map(Column::format).orElse("%s"), value);
  }

  @Override
  public List<ColumnCodec> columns() {
    return List.of(this);
  }

  @Override
  public void put(Record row, List<@Nullable Object> cells) {
    cells.add(cell(row));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /** The value of a row's cell, in a form that {@code CsvWriter} accepts. */
  private @Nullable Object cell(Record row) {
    Object held = CellCodec.component(accessor, row);
    Object value = held instanceof Optional<?> optional ? optional.orElse(null) : held;
    if (value instanceof Boolean is) {
      return is ? 1 : 0;
    }
    if (value instanceof Enum<?> one) {
      return label(one);
    }
    boolean single = column.map(Column::single).orElse(false);
    return single ? shortened(inRange(value)) : inRange(value);
  }

  /** A logit where a probability belongs never gets into a table, nor out of it. */
  private @Nullable Object inRange(@Nullable Object value) {
    if (isNumber(value)) {
      double number = number(value);
      if (unit.equals(Column.PROBABILITY) && !(Math.abs(number - 0.5) <= 0.5 + ROUNDING)) {
        throw new IllegalArgumentException(name + " is " + number + ", expected 0 to 1");
      }
      double min = column.map(Column::min).orElse(Double.NEGATIVE_INFINITY);
      double max = column.map(Column::max).orElse(Double.POSITIVE_INFINITY);
      if (number < min - ROUNDING || number > max + ROUNDING) {
        throw new IllegalArgumentException(
            "%s is %s, expected %s to %s".formatted(name, number, min, max));
      }
    }
    return value;
  }

  private static boolean isNumber(@Nullable Object value) {
    return value instanceof Number
        || (value instanceof OptionalDouble optional && optional.isPresent());
  }

  /** The number in a cell; 0 for an empty one. */
  private static double number(@Nullable Object value) {
    if (value instanceof OptionalDouble optional) {
      return optional.orElse(0);
    }
    return value instanceof Number any ? any.doubleValue() : 0;
  }

  private static @Nullable Object shortened(@Nullable Object value) {
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? (float) number.getAsDouble() : null;
    }
    return value instanceof Double number ? number.floatValue() : value;
  }

  /** The enum's {@code label()}, if it has that method; otherwise its name in lower case. */
  private static String label(Enum<?> value) {
    Class<?> type = value.getDeclaringClass();
    try {
      Method label = type.getDeclaredMethod("label");
      label.setAccessible(true);
      return String.valueOf(label.invoke(value));
    } catch (NoSuchMethodException e) {
      return value.name().toLowerCase(Locale.ROOT);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(value + " has no text", e);
    }
  }

  /**
   * The value that a cell holds.
   *
   * @throws IOException naming file and line
   */
  @Override
  public @Nullable Object value(CsvRow row) throws IOException {
    String text = text(row);
    if (wrapped) {
      return text.isEmpty() ? Optional.empty() : Optional.of(held(row, text));
    }
    return text.isEmpty() && type != String.class && !type.isEnum() ? empty(row) : held(row, text);
  }

  private Object held(CsvRow row, String text) throws IOException {
    if (type == String.class) {
      return LABELS.getOrDefault(text, text);
    }
    if (type.isEnum()) {
      return constant(row, text);
    }
    Object read = type == boolean.class ? truth(row, text) : number(row);
    try {
      inRange(read);
      return read;
    } catch (IllegalArgumentException e) {
      throw row.error(String.valueOf(e.getMessage()));
    }
  }

  private String text(CsvRow row) throws IOException {
    return optional && !isIn(row.header()) ? "" : row.text(nameIn(row.header()));
  }

  boolean isIn(List<String> header) {
    return header.contains(nameIn(header));
  }

  private String nameIn(List<String> header) {
    return header.contains(name) ? name : ofCats(name);
  }

  /** A name or label as versions before 0.4 wrote it, which knew no class but cat. */
  private static String ofCats(String name) {
    return name.replace("target", "cat");
  }

  @Override
  public boolean isEmpty(CsvRow row) throws IOException {
    return text(row).isEmpty();
  }

  private @Nullable Object empty(CsvRow row) throws IOException {
    if (type == OptionalDouble.class) {
      return OptionalDouble.empty();
    }
    if (type == OptionalLong.class) {
      return OptionalLong.empty();
    }
    if (type == OptionalInt.class) {
      return OptionalInt.empty();
    }
    if (type.isPrimitive()) {
      throw noValue(row);
    }
    return null;
  }

  private Object number(CsvRow row) throws IOException {
    String at = nameIn(row.header());
    if (type == double.class || type == Double.class) {
      return row.number(at);
    }
    if (type == float.class || type == Float.class) {
      return (float) row.number(at);
    }
    if (type == OptionalDouble.class) {
      return OptionalDouble.of(row.number(at));
    }
    long whole = row.integer(at);
    if (type == long.class || type == Long.class) {
      return whole;
    }
    if (type == OptionalLong.class) {
      return OptionalLong.of(whole);
    }
    if (whole != (int) whole) {
      throw row.error(name + " is " + whole + ", beyond what an int holds");
    }
    return type == OptionalInt.class ? OptionalInt.of((int) whole) : Integer.valueOf((int) whole);
  }

  /** Versions before 0.4 spelled some. */
  private Object truth(CsvRow row, String text) throws IOException {
    return switch (text) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw row.error(name + " is " + text + ", expected 0 or 1");
    };
  }

  private Object constant(CsvRow row, String text) throws IOException {
    for (Object each : type.getEnumConstants()) {
      String label = label((Enum<?>) each);
      if (label.equals(text) || ofCats(label).equals(text)) {
        return each;
      }
    }
    throw text.isEmpty()
        ? noValue(row)
        : row.error(name + " is \"" + text + "\", which is none of its values");
  }

  private IOException noValue(CsvRow row) {
    return row.error(name + " is empty, expected a value");
  }
}
