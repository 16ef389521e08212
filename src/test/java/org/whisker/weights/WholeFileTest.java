package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder = Path.of("");

  private String refused(String why) throws IOException {
    Path file = Files.writeString(folder.resolve("weights"), "before");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                WholeFile.write(
                    file,
                    channel -> {
                      throw new IOException(why);
                    }));
    assertEquals("before", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
    return String.valueOf(e.getMessage());
  }

  /** As the system says it, which names no file. */
  @Test
  void aFullDiskIsNamedWithTheFile() throws IOException {
    Path file = folder.resolve("weights");
    assertEquals(
        file + " could not be written: the disk is full; free some space and run this again",
        refused("No space left on device"));
    assertEquals(file + " holds NaN", refused(file + " holds NaN"));
  }

  /** The hidden name is longer; what is asked for is what is named, also without a folder. */
  @Test
  void whatCanNotBeOpenedIsNamedAsItWasAskedFor() {
    Path file = Path.of("w".repeat(240));
    IOException e =
        assertThrows(IOException.class, () -> WholeFile.write(file, channel -> channel.size()));
    assertEquals(file + " could not be written: File name too long", e.getMessage());
  }
}
