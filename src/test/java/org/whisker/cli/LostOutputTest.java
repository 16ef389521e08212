package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.TestEnvironment;

class LostOutputTest {
  private final TestEnvironment test = new TestEnvironment(Path.of(""));

  private int run(OutputStream out, String... args) {
    Environment own = test.environment();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    return Main.run(
        args,
        new Environment(
            stream,
            own.err(),
            own.columns(),
            own.home(),
            own.clock(),
            own.interrupts(),
            own.charts()));
  }

  /** An output that fails as on a full disk, or in a pipe whose reader has ended. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @Test
  void aResultThatIsLostIsAFailure() {
    for (String[] args : new String[][] {{"--help"}, {"models", "list"}, {"ablate", "list"}}) {
      assertEquals(ExitCode.FAILURE, run(new Full(), args), args[0]);
    }
    List<String> lines = test.err().lines().toList();
    assertEquals(3, lines.size(), test.err());
    assertTrue(
        lines.stream().allMatch(l -> l.startsWith("whisker: standard output could not be")),
        test.err());
  }

  @Test
  void aFailureKeepsItsOwnWords() {
    assertEquals(ExitCode.USAGE, run(new Full(), "score", "--nothing"));
    assertFalse(test.err().contains("standard output"), test.err());
  }

  @Test
  void aResultThatIsWrittenIsNone() {
    assertEquals(ExitCode.OK, run(new ByteArrayOutputStream(), "models", "list"));
    assertEquals("", test.err());
  }
}
