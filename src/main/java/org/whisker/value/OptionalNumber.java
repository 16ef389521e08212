package org.whisker.value;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A number of what may be absent, such as an end of an interval. */
public final class OptionalNumber {
  private OptionalNumber() {}

  /** The number; empty without what it is of. */
  public static <T> OptionalDouble of(Optional<T> whole, ToDoubleFunction<? super T> number) {
    return ofNullable(whole.orElse(null), number);
  }

  /** The number; empty for null. */
  public static <T> OptionalDouble ofNullable(
      @Nullable T whole, ToDoubleFunction<? super T> number) {
    return whole == null ? OptionalDouble.empty() : OptionalDouble.of(number.applyAsDouble(whole));
  }
}
