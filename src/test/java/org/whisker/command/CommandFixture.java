package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives each test a home of its own, and runs commands in it. */
public abstract class CommandFixture {
  @TempDir protected Path home = Path.of("");

  /** Where the last commands of the test ran. */
  protected TestEnvironment test = new TestEnvironment(home);

  @BeforeEach
  protected final void newEnvironment() {
    test = new TestEnvironment(home);
  }

  /**
   * Runs a command in the environment of the test.
   *
   * @param words the first arguments, from the command's name on
   * @param more the rest, each as its text
   * @return the exit code
   */
  protected final int command(
      Function<Environment, Object> command, List<String> words, Object[] more) {
    return test.run(command, arguments(words, more));
  }

  /** Runs a command, whose exit code is 0, in a new environment. */
  protected final void run(Function<Environment, Object> command, String... args) {
    newEnvironment();
    assertEquals(0, test.run(command, args), () -> String.join(" ", args) + ": " + test.err());
  }

  protected static String[] arguments(List<String> words, Object... more) {
    return Stream.concat(words.stream(), Stream.of(more).map(Object::toString))
        .toArray(String[]::new);
  }
}
