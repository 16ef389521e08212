package org.whisker.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a command is called, and what help says of it. It stands on a {@link RecordCommand} or a
 * {@link CommandGroup}, so that a command knows nothing of what takes the words apart.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Command {
  String name();

  /** Paragraphs above the options; the list of commands shows them, too. */
  String[] description();

  /** Lines below the options. */
  String[] footer() default {};
}
