package org.whisker.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is different of a record of options where it is a component of another. An {@code Optional}
 * group is there when the option that it needs is given; its others can't be given alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface OptionGroup {
  /** Names of options that can't be given here: their defaults hold. */
  String[] without() default {};

  /** Options that are declared otherwise here. */
  Change[] change() default {};

  /**
   * What is said of an option of an optional group that is given without the one that the group
   * needs; {@code %s} stands for its name.
   */
  String alone() default "";

  /** An option of the group that is declared in another way. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({})
  @interface Change {
    /** The component of the group, which may be no option by itself. */
    String component();

    /** How it is declared here. */
    Option option();
  }
}
