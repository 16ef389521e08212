package org.whisker.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.whisker.command.JsonOption.Document;
import org.whisker.feature.FolderCharts;
import org.whisker.io.ClassWords;
import org.whisker.job.JobContext.WhiskerHome;

/** Standard streams know how their characters are encoded. */
class EnvironmentTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream latin = new PrintStream(bytes, true, ISO_8859_1);
  private final Environment environment =
      new Environment(
          latin,
          latin,
          0,
          new WhiskerHome(Path.of("home")),
          TestEnvironment.CLOCK,
          new Interrupts(latin, handler -> {}, () -> {}),
          new FolderCharts());

  private String printed() {
    return bytes.toString(ISO_8859_1).replace("\r", "");
  }

  @Test
  void aNameMovesNoCursor() {
    Environment.onTerminal(latin).println("\u009b2J\u001b[2K\u001b[31m\u202egnp.½");
    assertEquals("\\u009b2J\\u001b[2K\\u001b[31m\\u202egnp.½\n", printed());
  }

  @Test
  void aFileThatIsCutWhileItIsReadIsNamedAsTheCause() {
    Errors cut =
        Errors.of(new InternalError("a fault occurred in an unsafe memory access operation"));
    assertEquals(ExitCode.FAILURE, cut.exitCode());
    assertTrue(cut.line().startsWith("a file was cut short"), cut.line());
  }

  @Test
  void theWordsOfAClassAreEncodedAsTheRest() {
    PrintStream said = environment.said(new ClassWords("dog")).out();
    said.println("½ cat");
    said.println(7);
    said.printf("%s cat%n", "½");
    said.println("½ cat".toCharArray());
    assertEquals("½ dog\n7\n½ dog\n½ cat\n", printed());
  }

  @Test
  void jsonIsReadInAnyEncoding() throws IOException {
    new Document().value("file", "½−").print(latin);
    assertEquals("{\n  \"file\" : \"\\u00BD\\u2212\"\n}\n", printed());
  }
}
