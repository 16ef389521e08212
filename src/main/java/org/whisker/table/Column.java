package org.whisker.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a column of a {@link Table}: a component of the record that is its row, or a method of
 * that record without parameters, whose value follows from the components. The column of such a
 * method stands where {@link #after} says; it is written for readers of the file, and checked but
 * not kept when the file is read.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Column {
  /** The unit of p(target) and of p-values: such a column holds nothing outside 0 to 1. */
  String PROBABILITY = "probability";

  /** A value of {@link #after}: before all components. */
  String START = "start";

  /**
   * The header; by default the name of the component or method in snake case ({@code edgeIndex}:
   * edge_index). For a component that is itself a record: the prefix of its columns' names.
   */
  String value() default "";

  /** The header for people, in words; by default the column's name with spaces. */
  String title() default "";

  /** What a cell holds, in one sentence for the data dictionary. */
  String meaning() default "";

  /**
   * The unit of a number, see {@code Glossary.Units}; empty for text and counts. For a component
   * that is itself a record: the unit of its columns that have none of their own.
   */
  String unit() default "";

  /** The least number that a cell may hold. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number that a cell may hold. */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * How a table for people shows the value, see {@link java.util.Formatter}; such a table has the
   * columns with a format only.
   */
  String format() default "";

  /**
   * Name of the component or method whose columns the column of a method follows, or {@link
   * #START}.
   */
  String after() default "";

  /** Whether files may lack the column, see {@link Table#without}; its cells are then empty. */
  boolean optional() default false;

  /** Whether a double is written with single precision only, about seven digits. */
  boolean single() default false;
}
