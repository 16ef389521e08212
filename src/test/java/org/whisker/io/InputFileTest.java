package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Duration.ofMinutes(5),
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

  /** Whatever whisker reads again of what it wrote may have become a pipe. */
  @Test
  void noReaderWaitsForAPipe() throws Exception {
    Path pipe = pipe();
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          assertThrows(IOException.class, () -> Npy.read(pipe));
          assertThrows(IOException.class, () -> InputFile.bytes(pipe));
          assertThrows(IOException.class, () -> InputFile.ifThere(pipe));
          Files.createLink(temp.resolve("checkpoint.bin"), pipe);
          List<String> notes = new ArrayList<>();
          new CheckpointFile(temp).read((in, length) -> in.readInt(), notes::add);
          assertTrue(notes.get(0).contains("is a pipe or device"), notes.toString());
        });
  }

  @Test
  void whatIsGoneMeanwhileIsNotThere() throws IOException {
    assertEquals(Optional.empty(), InputFile.ifThere(temp.resolve("b")));
    Path file = Files.write(temp.resolve("a"), new byte[] {(byte) 0xff});
    assertEquals(1, InputFile.ifThere(file).orElseThrow().length);
    String message =
        String.valueOf(assertThrows(IOException.class, () -> InputFile.text(file)).getMessage());
    assertEquals(file + " is not UTF-8 text; save it as such", message);
  }

  @Test
  void jsonThatIsEmptyIsNamed() throws IOException {
    Path empty = Files.writeString(temp.resolve("manifest.json"), " ");
    IOException e = assertThrows(IOException.class, () -> JsonFile.read(empty));
    assertEquals(empty + " is empty", e.getMessage());
  }
}
