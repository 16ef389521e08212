package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class RecordedArgumentsTest {
  @Command
  private static final class Named {
    @Parameters List<String> names = List.of();
  }

  /** A manifest is somebody else's file: what it says is data, and opens no other. */
  @Test
  void anArgumentNamesNoFileOfArguments(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "words in a file");
    Named asked = new Named();
    RecordedArguments.parseAsked(asked, "named", List.of("@" + secret));
    assertEquals(List.of("@" + secret), asked.names);
  }
}
