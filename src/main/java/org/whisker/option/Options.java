package org.whisker.option;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.value.Text;

/**
 * The options of a record, which its components declare by {@link Option}.
 *
 * @param <C> the record
 */
public final class Options<C extends Record> {
  private static final ClassValue<Options<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Options<?> computeValue(Class<?> type) {
          return new Options<>(type.asSubclass(Record.class), List.of());
        }
      };

  /** What fills a component: an option, options of a record, or what stands there by itself. */
  private sealed interface Part {
    Stream<OptionValue> values();

    boolean isNeeded();

    @Nullable Object read(Function<OptionValue, List<?>> given);
  }

  private record Single(OptionValue value) implements Part {
    @Override
    public Stream<OptionValue> values() {
      return Stream.of(value);
    }

    @Override
    public boolean isNeeded() {
      return value.isNeeded();
    }

    @Override
    public @Nullable Object read(Function<OptionValue, List<?>> given) {
      return value.of(given.apply(value));
    }
  }

  private record Group(Options<?> options) implements Part {
    @Override
    public Stream<OptionValue> values() {
      return options.values().stream();
    }

    @Override
    public boolean isNeeded() {
      return options.parts.stream().anyMatch(Part::isNeeded);
    }

    @Override
    public @Nullable Object read(Function<OptionValue, List<?>> given) {
      return options.read(given);
    }
  }

  /** A group that is there with the option that it needs. */
  private record OptionalGroup(Options<?> options, String alone) implements Part {
    @Override
    public Stream<OptionValue> values() {
      return options.values().stream();
    }

    @Override
    public boolean isNeeded() {
      return false;
    }

    private OptionValue key() {
      return values()
          .filter(OptionValue::isNeeded)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(options.type + " needs no option"));
    }

    @Override
    public @Nullable Object read(Function<OptionValue, List<?>> given) {
      if (!given.apply(key()).isEmpty()) {
        return Optional.of(options.read(given));
      }
      List<OptionValue> alone = values().filter(value -> !given.apply(value).isEmpty()).toList();
      alone.forEach(value -> value.of(given.apply(value))); // what can't be is named first
      alone.stream().findFirst().ifPresent(this::refuse);
      return Optional.empty();
    }

    private void refuse(OptionValue value) {
      String key = key().name() + " " + key().declared().label();
      throw new IllegalArgumentException(
          alone.isEmpty()
              ? "%s goes with %s; give that, or leave it out".formatted(value.name(), key)
              : String.format(Locale.ROOT, alone, value.name()));
    }
  }

  /** A component that no option sets. */
  private record Fixed(@Nullable Object value) implements Part {
    @Override
    public Stream<OptionValue> values() {
      return Stream.empty();
    }

    @Override
    public boolean isNeeded() {
      return false;
    }

    @Override
    public @Nullable Object read(Function<OptionValue, List<?>> given) {
      return value;
    }
  }

  /** What a Java program alone can give. */
  private record Given(RecordComponent component) implements Part {
    @Override
    public Stream<OptionValue> values() {
      return Stream.empty();
    }

    @Override
    public boolean isNeeded() {
      return true;
    }

    @Override
    public @Nullable Object read(Function<OptionValue, List<?>> given) {
      throw new IllegalStateException(
          "%s.%s is no option, and has no value otherwise"
              .formatted(component.getDeclaringRecord().getSimpleName(), component.getName()));
    }
  }

  private final Class<C> type;
  private final List<Part> parts;

  private Options(Class<C> type, List<OptionGroup> changes) {
    this.type = type;
    this.parts =
        Arrays.stream(type.getRecordComponents())
            .map(component -> part(component, changes))
            .toList();
  }

  /**
   * The options of a record. A component that is no option is empty or off where it can be, and
   * otherwise left to Java programs.
   */
  public static <C extends Record> Options<C> of(Class<C> type) {
    @SuppressWarnings("unchecked") // made for this class
    Options<C> options = (Options<C>) KNOWN.get(type);
    return options;
  }

  private static Part part(RecordComponent component, List<OptionGroup> changes) {
    Optional<Option> changed =
        changes.stream()
            .flatMap(group -> Stream.of(group.change()))
            .filter(change -> change.component().equals(component.getName()))
            .map(OptionGroup.Change::option)
            .findFirst();
    Optional<Option> declared = changed.or(() -> declared(component, Option.class));
    if (declared.isPresent()) {
      OptionValue value = new OptionValue(component, declared.get());
      boolean left =
          changed.isEmpty()
              && changes.stream()
                  .flatMap(group -> Stream.of(group.without()))
                  .anyMatch(value.name()::equals);
      return left ? new Fixed(value.isNeeded() ? null : value.of(List.of())) : new Single(value);
    }
    return group(component, changes);
  }

  /** An annotation of a component, by itself or by one that stands for it. */
  private static <A extends Annotation> Optional<A> declared(
      RecordComponent component, Class<A> type) {
    return Optional.ofNullable(component.getAnnotation(type))
        .or(
            () ->
                Arrays.stream(component.getAnnotations())
                    .map(each -> each.annotationType().getAnnotation(type))
                    .filter(Objects::nonNull)
                    .findFirst());
  }

  /**
   * @param outer what groups around it change, the innermost first
   */
  private static Part group(RecordComponent component, List<OptionGroup> outer) {
    Optional<OptionGroup> own = declared(component, OptionGroup.class);
    List<OptionGroup> changes = Stream.concat(own.stream(), outer.stream()).toList();
    if (Record.class.isAssignableFrom(component.getType())) {
      return new Group(new Options<>(component.getType().asSubclass(Record.class), changes));
    }
    if (component.getGenericType() instanceof ParameterizedType optional
        && component.getType() == Optional.class
        && optional.getActualTypeArguments()[0] instanceof Class<?> of
        && Record.class.isAssignableFrom(of)
        && isOfOptions(of)) {
      Options<?> options = new Options<>(of.asSubclass(Record.class), changes);
      return options.values().isEmpty()
          ? new Fixed(Optional.empty())
          : new OptionalGroup(options, own.map(OptionGroup::alone).orElse(""));
    }
    return absent(component).<Part>map(Fixed::new).orElseGet(() -> new Given(component));
  }

  private static boolean isOfOptions(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> declared(component, Option.class).isPresent());
  }

  private static Optional<Object> absent(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (type == OptionalInt.class) {
      return Optional.of(OptionalInt.empty());
    }
    if (type == OptionalLong.class) {
      return Optional.of(OptionalLong.empty());
    }
    if (type == OptionalDouble.class) {
      return Optional.of(OptionalDouble.empty());
    }
    return type == boolean.class ? Optional.of(false) : Optional.empty();
  }

  /** All options, those of groups in their component's place. */
  public List<OptionValue> values() {
    return parts.stream().flatMap(Part::values).toList();
  }

  /** The options that must be given; optional groups need none. */
  public List<OptionValue> needed() {
    return parts.stream()
        .filter(Part::isNeeded)
        .flatMap(
            part -> part instanceof Group group ? group.options.needed().stream() : part.values())
        .toList();
  }

  /**
   * The record with these values, and defaults for all else.
   *
   * @param given the words of an option, of its {@link OptionValue#wordType()}; none where it was
   *     not given
   * @throws IllegalArgumentException that names the option, for what can't be
   */
  public C read(Function<OptionValue, List<?>> given) {
    List<@Nullable Object> components = new ArrayList<>();
    parts.forEach(part -> components.add(part.read(given)));
    return Records.make(type, components.toArray());
  }

  /**
   * The record by its defaults.
   *
   * @param needed the components that have none, in their order
   * @throws IllegalArgumentException for what can't be
   */
  public C defaults(Object... needed) {
    Iterator<Object> next = Arrays.asList(needed).iterator();
    long expected = parts.stream().filter(Part::isNeeded).count();
    if (needed.length != expected) {
      throw new IllegalArgumentException(
          Text.of(
              "%s has %d components without a default, not %d",
              type.getSimpleName(), expected, needed.length));
    }
    List<@Nullable Object> components = new ArrayList<>();
    for (Part part : parts) {
      components.add(part.isNeeded() ? next.next() : part.read(value -> List.of()));
    }
    return Records.make(type, components.toArray());
  }

  /**
   * Holds the components of a record against their bounds, for its constructor.
   *
   * @param components all of them, in their order
   * @throws IllegalArgumentException that names the option and holds the value
   */
  public static void check(Class<? extends Record> type, @Nullable Object... components) {
    List<? extends Part> parts = KNOWN.get(type).parts;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Single single) {
        single.value.check(components[i]);
      }
    }
  }
}
