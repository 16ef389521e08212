package org.whisker.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a column of a {@link Table}: a component of the record that is its row. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {
  /**
   * The header; by default the component's name in snake case ({@code edgeIndex}: edge_index). Of a
   * component that is itself a record: what stands before the names of its columns.
   */
  String value() default "";

  /**
   * What a number is in: {@code logit}, {@code px}, {@code share}, …; empty for text and counts.
   */
  String unit() default "";

  /** Whether files of an earlier whisker may lack it; an absent cell is then read as empty. */
  boolean optional() default false;

  /** Whether a number is written to the seven digits of single precision, though it has more. */
  boolean single() default false;

  /** Whether a boolean is written {@code true} and {@code false}, not 1 and 0. */
  boolean spelled() default false;
}
