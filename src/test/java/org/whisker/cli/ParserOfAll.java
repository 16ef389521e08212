package org.whisker.cli;

import java.nio.file.Path;
import org.whisker.command.TestEnvironment;
import picocli.CommandLine;

/** All commands, for tests of what is made of their description. */
public final class ParserOfAll {
  private ParserOfAll() {}

  public static CommandLine get() {
    return Main.parser(new TestEnvironment(Path.of("home")).environment());
  }
}
