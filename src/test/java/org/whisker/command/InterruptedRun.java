package org.whisker.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.whisker.cli.Main;

/** Runs a command and presses Ctrl-C when it says something. */
public final class InterruptedRun {
  private InterruptedRun() {}

  /**
   * As a test's environment would run it.
   *
   * @param word on standard error, at which Ctrl-C is pressed
   * @param err what is printed there
   * @return the exit code
   */
  public static int at(
      String word,
      TestEnvironment test,
      Function<Environment, Object> command,
      ByteArrayOutputStream err,
      String... args) {
    List<Runnable> signals = new ArrayList<>();
    PrintStream listening =
        new PrintStream(new Listening(word, err, () -> signals.forEach(Runnable::run)), true);
    Environment given = test.environment();
    Environment environment =
        new Environment(
            given.out(),
            listening,
            0,
            given.home(),
            given.clock(),
            new Interrupts(given.err(), signals::add, () -> {}),
            given.charts());
    return Main.run(args, environment, List.of(command));
  }

  private static final class Listening extends OutputStream {
    private final String word;
    private final ByteArrayOutputStream err;
    private final Runnable action;
    private boolean done;

    Listening(String word, ByteArrayOutputStream err, Runnable action) {
      this.word = word;
      this.err = err;
      this.action = action;
    }

    @Override
    public void write(int b) {
      err.write(b);
      if (!done && err.toString(StandardCharsets.UTF_8).contains(word)) {
        done = true;
        action.run();
      }
    }
  }
}
