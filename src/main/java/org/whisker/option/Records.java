package org.whisker.option;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies of records in which one or two components differ: the means of records of six or more
 * components, where a call of the constructor would repeat them all.
 */
public final class Records {
  private Records() {}

  /**
   * A copy whose component of this name has another value, checked by the record's constructor.
   *
   * @throws IllegalArgumentException for a name that is no component, and what the constructor
   *     throws
   */
  public static <R extends Record> R with(R record, String name, @Nullable Object value) {
    return changed(record, List.of(name), value);
  }

  /** A copy in which two components have other values. */
  public static <R extends Record> R with(
      R record, String name, @Nullable Object value, String other, @Nullable Object second) {
    return changed(record, List.of(name, other), value, second);
  }

  private static <R extends Record> R changed(
      R record, List<String> names, @Nullable Object... values) {
    @SuppressWarnings("unchecked") // a record class is final
    Class<R> type = (Class<R>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    for (String name : names) {
      if (Arrays.stream(components).noneMatch(each -> each.getName().equals(name))) {
        throw new IllegalArgumentException(type + " has no component " + name);
      }
    }
    @Nullable Object[] all = new @Nullable Object[components.length];
    for (int i = 0; i < all.length; i++) {
      int at = names.indexOf(components[i].getName());
      all[i] = at < 0 ? value(record, components[i]) : values[at];
    }
    return make(type, all);
  }

  /** Reads a component from its field: an accessor may copy. */
  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      var field = component.getDeclaringRecord().getDeclaredField(component.getName());
      field.setAccessible(true);
      return field.get(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " can't be read", e);
    }
  }

  /** A record of these components, all in their order; throws what its constructor throws. */
  static <R extends Record> R make(Class<R> type, @Nullable Object... components) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " can't be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made", e);
    }
  }
}
