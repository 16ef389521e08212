package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir private Path temp;

  private Path pipe() throws Exception {
    Path pipe = temp.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
    }
    return pipe;
  }

  private static String refusal(Path file) {
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            String.valueOf(
                assertThrows(IOException.class, () -> InputFile.open(file).close()).getMessage()));
  }

  @Test
  void aPipeOrDeviceIsRefusedAtOnce() throws Exception {
    Path pipe = pipe();
    assertEquals(pipe + " is a pipe or device; give a file", refusal(pipe));
    assertThrows(IOException.class, () -> InputFile.text(pipe, 10));
    assertThrows(IOException.class, () -> Csv.read(pipe));
    assertThrows(IOException.class, () -> JsonFile.read(pipe));
    if (Files.exists(Path.of("/dev/zero"))) {
      assertEquals("/dev/zero is a pipe or device; give a file", refusal(Path.of("/dev/zero")));
    }
  }

  @Test
  void whatIsMissingAFolderOrTooLargeIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("a"), "twelve bytes");
    assertEquals("twelve bytes", InputFile.text(file, 12));
    String tooLarge =
        String.valueOf(
            assertThrows(IOException.class, () -> InputFile.text(file, 11)).getMessage());
    assertTrue(tooLarge.contains("12 bytes, more than 11"), tooLarge);
    assertEquals(temp + " is a folder; give a file", refusal(temp));
    assertEquals(temp.resolve("b") + " does not exist", refusal(temp.resolve("b")));
    try (var lines = InputFile.reader(file)) {
      assertEquals(List.of("twelve bytes"), lines.lines().toList());
    }
  }
}
