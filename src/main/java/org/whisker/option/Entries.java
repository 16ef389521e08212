package org.whisker.option;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records as entries of text and numbers, one level deep, and back: a component by its name in
 * snake case, or its {@link Entry}. An optional that is empty has no entry. A type with a static
 * {@code parse(String)} is what its {@code written()}, or else its {@code label()}, returns. Any
 * other record stands for its own components, and so does one of several kinds of them (a sealed
 * interface): it is the first that has all of its entries.
 *
 * @param text the entries that are read, by key; null where there is none
 */
public record Entries(Function<String, @Nullable String> text) {
  /** The name of a record that is one of several kinds. */
  public static String kind(Record one) {
    return kind(one.getClass());
  }

  private static String kind(Class<?> type) {
    return Optional.ofNullable(type.getAnnotation(Entry.class))
        .orElseThrow(() -> new IllegalStateException(type + " has no name"))
        .value();
  }

  /** Adds the entries of a record. */
  public static void put(Map<String, Object> map, Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = present(Records.value(record, component));
      if (value instanceof Record inner && !isParsed(component.getType())) {
        put(map, inner);
      } else if (value != null) {
        Object written = written(value);
        if (!String.valueOf(written).equals(unless(component))) {
          map.put(key(component), written);
        }
      }
    }
  }

  private static @Nullable Object present(@Nullable Object value) {
    if (value instanceof OptionalInt one) {
      return one.isPresent() ? one.getAsInt() : null;
    }
    if (value instanceof OptionalLong one) {
      return one.isPresent() ? one.getAsLong() : null;
    }
    if (value instanceof OptionalDouble one) {
      return one.isPresent() ? one.getAsDouble() : null;
    }
    return value instanceof Optional<?> one ? one.orElse(null) : value;
  }

  private static Object written(Object value) {
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return value;
    }
    boolean own = Arrays.stream(value.getClass().getMethods()).anyMatch(Entries::isWritten);
    return call(value.getClass(), own ? "written" : "label", value);
  }

  private static boolean isWritten(Method method) {
    return method.getName().equals("written") && method.getParameterCount() == 0;
  }

  private static boolean isParsed(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("parse")
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}));
  }

  private static String key(RecordComponent component) {
    Entry entry = component.getAnnotation(Entry.class);
    return entry == null
        ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
        : entry.value();
  }

  private static String unless(RecordComponent component) {
    Entry entry = component.getAnnotation(Entry.class);
    return entry == null ? "" : entry.unless();
  }

  /**
   * The record of these entries.
   *
   * @throws IllegalArgumentException that names an entry which is missing or can't be
   */
  public <R extends Record> R read(Class<R> type) {
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      values.add(value(component));
    }
    return Records.make(type, values.toArray());
  }

  /**
   * The record of these entries that is of the kind which an entry names.
   *
   * @param kinds a sealed interface of records
   * @param key the entry, such as {@code method}
   * @throws IllegalArgumentException where there is no such kind, and as {@link #read}
   */
  public <T> T read(Class<T> kinds, String key) {
    String kind = text(key);
    return kinds.cast(
        read(
            Arrays.stream(kinds.getPermittedSubclasses())
                .filter(type -> kind(type).equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + key + " " + kind))
                .asSubclass(Record.class)));
  }

  /** A whole number that must be there. */
  public int number(String key) {
    return (int) parse(key, int.class, text(key));
  }

  private @Nullable Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isInterface() && type.isSealed() && !isParsed(type)) {
      return read(present(type.getPermittedSubclasses()));
    }
    if (type.isRecord() && !isParsed(type)) {
      return read(type.asSubclass(Record.class));
    }
    String key = key(component);
    if (type == Optional.class) {
      var of = (ParameterizedType) component.getGenericType();
      return Optional.ofNullable(text.apply(key))
          .map(value -> parse(key, (Class<?>) of.getActualTypeArguments()[0], value));
    }
    @Nullable String value = text.apply(key);
    if (type.getSimpleName().startsWith("Optional")) {
      return optional(type, key, value);
    }
    return parse(
        key, type, value == null && !unless(component).isEmpty() ? unless(component) : text(key));
  }

  private Class<? extends Record> present(Class<?>[] kinds) {
    return Arrays.stream(kinds)
        .filter(
            type ->
                Arrays.stream(type.getRecordComponents())
                    .allMatch(component -> text.apply(key(component)) != null))
        .findFirst()
        .orElse(kinds[0])
        .asSubclass(Record.class);
  }

  /** The text of an entry that must be there. */
  public String text(String key) {
    @Nullable String value = text.apply(key);
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value;
  }

  private static Object optional(Class<?> type, String key, @Nullable String text) {
    if (type == OptionalInt.class) {
      return text == null ? OptionalInt.empty() : OptionalInt.of((int) parse(key, int.class, text));
    }
    if (type == OptionalLong.class) {
      return text == null
          ? OptionalLong.empty()
          : OptionalLong.of((long) parse(key, long.class, text));
    }
    return text == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) parse(key, double.class, text));
  }

  private static Object parse(String key, Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (!type.isPrimitive()) {
      return parsed(key, type, text);
    }
    try {
      return switch (type.getName()) {
        case "int" -> Integer.valueOf(text);
        case "long" -> Long.valueOf(text);
        case "boolean" -> Boolean.valueOf(text);
        default -> Double.valueOf(text);
      };
    } catch (NumberFormatException e) {
      String what = type == double.class ? "a number" : "a whole number";
      throw new IllegalArgumentException("'" + key + "' must be " + what + ", was " + text, e);
    }
  }

  private static Object parsed(String key, Class<?> type, String text) {
    try {
      return call(type, "parse", null, text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + key + "': " + e.getMessage(), e);
    }
  }

  private static Object call(Class<?> type, String name, @Nullable Object on, Object... arguments) {
    try {
      Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
      var method = type.getMethod(name, types);
      method.setAccessible(true);
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " can't be written", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be written", e);
    }
  }
}
