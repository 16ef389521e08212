package org.whisker.command;

/**
 * Makes a command that stands outside whisker. A class on the class path that a line of {@code
 * META-INF/services/org.whisker.command.CommandMaker} names is listed by {@code --help} after
 * whisker's own.
 */
public interface CommandMaker {
  /** The class of the command, whose {@code @Command} has its name and description. */
  Class<? extends RecordCommand<?>> type();

  /** A new command, to be run once. */
  RecordCommand<?> make(Environment environment);
}
