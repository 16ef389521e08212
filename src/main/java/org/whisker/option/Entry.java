package org.whisker.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a component is named among the {@link Entries} of its record, where not by its own name; of a
 * record that is one of several kinds, the name of that kind. It stays when the code is renamed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Entry {
  String value();

  /** The value, as text, that is not written, and is read where there is none. */
  String unless() default "";
}
