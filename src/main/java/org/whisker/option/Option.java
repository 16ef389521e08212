package org.whisker.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a record that can be set from outside: on a command line, in a sweep, or by a Java
 * program. All that is known of it stands here alone.
 *
 * <p>The component's type says how many values there are and how one is read: a number, a text or a
 * path; {@code boolean} is a switch; {@code Optional} and its relatives are empty unless given,
 * boxed numbers null; {@code List} and {@code Set} hold several. Any other type needs a public
 * static {@code parse(text)} or {@code parse(option, text)}, or a {@link #parser()}. A component
 * that is a record of options itself is a group of them, see {@link OptionGroup}. An option that
 * many records have can be an annotation of its own, which this one stands on, see {@link Seed}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Option {
  /** Stands for the names of all models among {@link #candidates()}. */
  String MODELS = "@MODELS@";

  /** Names with their dashes; without any, it is a parameter, known by its place and label. */
  String[] names() default {};

  /** What stands for the value in help, such as {@code N}. */
  String label() default "";

  /**
   * The value unless given, as it would be typed: one text or none. A single value that has none,
   * and is neither optional nor a switch, must be given.
   */
  String[] defaultValue() default {};

  /**
   * Paragraphs of help. "Default: X." is added to the last one, unless a paragraph says by
   * "Default: " what the default is, in which <code>${DEFAULT-VALUE}</code> stands for it.
   */
  String[] help();

  /** The least value. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The greatest value. */
  double max() default Double.POSITIVE_INFINITY;

  /** Bound below each value, exclusive. */
  double above() default Double.NEGATIVE_INFINITY;

  /** Bound above each value, exclusive. */
  double below() default Double.POSITIVE_INFINITY;

  /** What several values in one word are separated by. */
  String split() default "";

  /** Whether a single value may be given again: commas then join what is given. */
  boolean joined() default false;

  /** How many words follow the name, as in {@code 3} or {@code 1..*}. */
  String arity() default "";

  /** The value where the name stands alone, for an option that may have none or one. */
  String fallback() default "";

  /** Whether at least one value must be given, for an option of several. */
  boolean needed() default false;

  /** What a shell completes. */
  String[] candidates() default {};

  /** How a value is read, where its type has no {@code parse}. */
  Class<? extends Parser<?>> parser() default ByType.class;

  /**
   * Reads one value, or for a component of several any number of them as a collection.
   *
   * @param <T> the value's type
   */
  @FunctionalInterface
  interface Parser<T> {
    /**
     * The value.
     *
     * @throws IllegalArgumentException that names the option and holds the text
     */
    T parse(String text);
  }

  /** The component's own type reads it. */
  final class ByType implements Parser<String> {
    @Override
    public String parse(String text) {
      return text;
    }
  }
}
