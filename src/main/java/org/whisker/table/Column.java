package org.whisker.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a column of a {@link Table}: a component of the record that is its row. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {
  /** The unit of p(cat) and of p-values: such a column holds nothing outside 0 to 1. */
  String PROBABILITY = "probability";

  /**
   * The header; by default the component's name in snake case ({@code edgeIndex}: edge_index). For
   * a component that is itself a record: the prefix of its columns' names.
   */
  String value() default "";

  /**
   * The unit of a number: {@code logit}, {@code px}, {@code share}, …; empty for text and counts.
   * For a component that is itself a record: the unit of its columns that have none of their own.
   */
  String unit() default "";

  /** Whether files of earlier versions may lack the column; its cells are then read as empty. */
  boolean optional() default false;

  /** Whether a double is written with single precision only, about seven digits. */
  boolean single() default false;

  /** Whether a boolean is written {@code true} and {@code false}, not 1 and 0. */
  boolean spelled() default false;
}
