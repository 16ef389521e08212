package org.whisker.option;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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
   * The accessor of a component, as a method reference such as {@code Range::high}. A lambda
   * expression is none.
   *
   * @param <R> the record
   * @param <T> the component's type, boxed
   */
  @FunctionalInterface
  public interface Component<R extends Record, T> extends Serializable {
    @Nullable T of(R record);
  }

  /** The other value of one component. */
  @FunctionalInterface
  public interface Change<R extends Record, T> {
    /** A copy that has it, checked by the record's constructor, whose exceptions are thrown. */
    R to(@Nullable T value);
  }

  /** The other values of two components. */
  @FunctionalInterface
  public interface Changes<R extends Record, T, U> {
    /** A copy that has them, checked by the record's constructor, whose exceptions are thrown. */
    R to(@Nullable T value, @Nullable U second);
  }

  /** Begins a copy in which one component differs. */
  public static <R extends Record, T> Change<R, T> changed(R record, Component<R, T> component) {
    return value -> changed(record, List.of(component), value);
  }

  /** Begins a copy in which two components differ. */
  public static <R extends Record, T, U> Changes<R, T, U> changed(
      R record, Component<R, T> component, Component<R, U> other) {
    return (value, second) -> changed(record, List.of(component, other), value, second);
  }

  private static <R extends Record> R changed(
      R record, List<Component<R, ?>> changed, @Nullable Object... values) {
    @SuppressWarnings("unchecked") // a record class is final
    Class<R> type = (Class<R>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] all = new @Nullable Object[components.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = value(record, components[i]);
    }
    for (int i = 0; i < values.length; i++) {
      all[index(components, name(changed.get(i)))] = values[i];
    }
    return make(type, all);
  }

  private static int index(RecordComponent[] components, String name) {
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(name + " is none of the components " + names);
    }
    return names.indexOf(name);
  }

  /** The name of the method that is referred to: Java writes it for a reference that is kept. */
  private static String name(Component<?, ?> component) {
    try {
      Method written = component.getClass().getDeclaredMethod("writeReplace");
      written.setAccessible(true);
      return ((SerializedLambda) written.invoke(component)).getImplMethodName();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(component + " is no method reference", e);
    }
  }

  /** Reads a component from its field: an accessor may copy. */
  static @Nullable Object value(Record record, RecordComponent component) {
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
