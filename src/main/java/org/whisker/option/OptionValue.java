package org.whisker.option;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An option of a record: how its values are read, and what they may be. */
public final class OptionValue {
  private static final Map<Class<?>, Function<String, Object>> SCALARS =
      Map.of(
          String.class, text -> text,
          Path.class, Path::of,
          int.class, Integer::valueOf,
          long.class, Long::valueOf,
          float.class, Float::valueOf,
          double.class, Double::valueOf);

  private static final Map<Class<?>, Class<?>> PRIMITIVES =
      Map.of(
          Integer.class, int.class,
          Long.class, long.class,
          Float.class, float.class,
          Double.class, double.class,
          OptionalInt.class, int.class,
          OptionalLong.class, long.class,
          OptionalDouble.class, double.class);

  private final RecordComponent component;
  private final Option declared;
  private final Class<?> element;

  OptionValue(RecordComponent component, Option declared) {
    this.component = component;
    this.declared = declared;
    this.element = element(component.getGenericType());
  }

  private static Class<?> element(Type type) {
    Type of =
        type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
    Class<?> single = (Class<?>) of;
    return PRIMITIVES.getOrDefault(single, single);
  }

  public Option declared() {
    return declared;
  }

  /** The longest name of an option, or a parameter's label. */
  public String name() {
    return Arrays.stream(declared.names())
        .max(Comparator.comparingInt(String::length))
        .orElse(declared.label());
  }

  /** Whether it has no name, but a place. */
  public boolean isParameter() {
    return declared.names().length == 0;
  }

  /** Whether it is given or not, without a value. */
  public boolean isSwitch() {
    return element == boolean.class && declared.label().isEmpty();
  }

  /** Whether several words may be given. */
  public boolean isMany() {
    return isCollection() && !declared.arity().equals("1");
  }

  private boolean isCollection() {
    return Collection.class.isAssignableFrom(component.getType());
  }

  public boolean isNeeded() {
    if (declared.defaultValue().length > 0 || isSwitch() || isOptional()) {
      return false;
    }
    return declared.needed() || !isCollection();
  }

  private boolean isOptional() {
    return component.getType().getSimpleName().startsWith("Optional") || isBoxed();
  }

  /** Null unless given. */
  private boolean isBoxed() {
    return Number.class.isAssignableFrom(component.getType());
  }

  /**
   * What a single value is before {@link #of} reads it: a number, a path, or text that this class
   * takes apart.
   */
  public Class<?> wordType() {
    return isSwitch() || isPlain() ? element : String.class;
  }

  private boolean isPlain() {
    return SCALARS.containsKey(element) && declared.parser() == Option.ByType.class;
  }

  /**
   * The component's value; null for a boxed number that was not given.
   *
   * @param words values of {@link #wordType()}; none where the option was not given
   * @throws IllegalArgumentException that names the option, for what can't be
   */
  @Nullable Object of(List<?> words) {
    List<?> given = words.isEmpty() ? usual() : words;
    if (isSwitch()) {
      return !given.isEmpty() && (boolean) given.get(0);
    }
    List<Object> values =
        given.stream().map(this::parsed).<Object>flatMap(OptionValue::each).toList();
    values.forEach(this::checkEach);
    return held(values);
  }

  private List<Object> usual() {
    if (declared.defaultValue().length == 0) {
      return List.of();
    }
    String text = declared.defaultValue()[0];
    String[] each =
        declared.split().isEmpty()
            ? new String[] {text}
            : text.split(Pattern.quote(declared.split()), -1);
    Function<String, Object> read = isPlain() ? SCALARS.getOrDefault(element, t -> t) : t -> t;
    return Arrays.stream(each).map(read).toList();
  }

  private Object parsed(Object word) {
    return word instanceof String text && !isPlain() ? parse(text) : word;
  }

  private static Stream<?> each(Object parsed) {
    return parsed instanceof Collection<?> several ? several.stream() : Stream.of(parsed);
  }

  private Object parse(String text) {
    if (declared.parser() == Option.ByType.class) {
      return byType(text);
    }
    try {
      var parser = declared.parser().getDeclaredConstructor();
      parser.setAccessible(true);
      return parser.newInstance().parse(text);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(this + " can't be read", e);
    }
  }

  private Object byType(String text) {
    try {
      Optional<Method> named = method(String.class, String.class);
      return named.isPresent()
          ? named.get().invoke(null, name(), text)
          : method(String.class)
              .orElseThrow(() -> new IllegalStateException(this + " needs a parser"))
              .invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(this + " can't be read", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(this + " can't be read", e);
    }
  }

  private Optional<Method> method(Class<?>... parameters) {
    try {
      return Optional.of(element.getMethod("parse", parameters));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private @Nullable Object held(List<Object> values) {
    Class<?> type = component.getType();
    if (type == List.class) {
      return values;
    }
    if (type == Set.class) {
      return new LinkedHashSet<>(values);
    }
    if (isOptional()) {
      return optional(type, values);
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name() + " is missing");
    }
    return values.get(values.size() - 1);
  }

  private static @Nullable Object optional(Class<?> type, List<Object> values) {
    Optional<Object> last =
        values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    if (type == OptionalInt.class) {
      return last.map(v -> OptionalInt.of((int) v)).orElse(OptionalInt.empty());
    }
    if (type == OptionalLong.class) {
      return last.map(v -> OptionalLong.of((long) v)).orElse(OptionalLong.empty());
    }
    if (type == OptionalDouble.class) {
      return last.map(v -> OptionalDouble.of((double) v)).orElse(OptionalDouble.empty());
    }
    return type == Optional.class ? last : last.orElse(null);
  }

  /**
   * Holds a component's value against its bounds.
   *
   * @throws IllegalArgumentException that names the option and holds the value
   */
  void check(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      several.forEach(this::checkEach);
    } else if (value instanceof Optional<?> one) {
      one.ifPresent(this::checkEach);
    } else if (value instanceof OptionalInt one) {
      one.ifPresent(this::checkEach);
    } else if (value instanceof OptionalLong one) {
      one.ifPresent(this::checkEach);
    } else if (value instanceof OptionalDouble one) {
      one.ifPresent(this::checkEach);
    } else {
      checkEach(value);
    }
  }

  private void checkEach(@Nullable Object value) {
    if (!(value instanceof Number number)) {
      return;
    }
    double v = number.doubleValue();
    boolean inside =
        v >= declared.min() && v <= declared.max() && v > declared.above() && v < declared.below();
    if (isBounded() && !inside) {
      throw new IllegalArgumentException(
          "%s must be %s, was %s".formatted(name(), bounds(), number));
    }
  }

  /** Whether there are values that it may not have. */
  boolean isBounded() {
    return declared.min() > Double.NEGATIVE_INFINITY
        || declared.max() < Double.POSITIVE_INFINITY
        || declared.above() > Double.NEGATIVE_INFINITY
        || declared.below() < Double.POSITIVE_INFINITY;
  }

  private String bounds() {
    boolean hasMin = declared.min() > Double.NEGATIVE_INFINITY;
    boolean hasMax = declared.max() < Double.POSITIVE_INFINITY;
    if (hasMin && hasMax) {
      return text(declared.min()) + " to " + text(declared.max());
    }
    String low =
        hasMin
            ? "at least " + text(declared.min())
            : declared.above() > Double.NEGATIVE_INFINITY ? "above " + text(declared.above()) : "";
    String high =
        hasMax
            ? "at most " + text(declared.max())
            : declared.below() < Double.POSITIVE_INFINITY ? "below " + text(declared.below()) : "";
    return low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }

  @Override
  public String toString() {
    return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
  }
}
