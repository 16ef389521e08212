package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
  @TempDir Path folder = Path.of("");
  private CheckpointFiles files = new CheckpointFiles(Path.of(""));
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void open() {
    files = new CheckpointFiles(folder);
  }

  private void write(String text) throws IOException {
    files.write(out -> out.writeUTF(text));
  }

  private Optional<String> read() {
    return files.read((in, length) -> in.readUTF(), notes::add);
  }

  private Path newest() {
    return folder.resolve("checkpoint.bin");
  }

  private Path previous() {
    return folder.resolve("checkpoint.previous.bin");
  }

  @Test
  void givesTheNewestAndKeepsTheOneBefore() throws IOException {
    assertEquals(Optional.empty(), read());
    for (String text : List.of("one", "two", "three")) {
      write(text);
      assertEquals(Optional.of(text), read());
    }
    assertEquals(List.of(), notes);
    try (var all = Files.list(folder)) {
      assertEquals(2, all.count());
    }
    Files.delete(newest()); // ended between two renames
    assertEquals(Optional.of("two"), read());
    assertEquals(List.of(), notes);
    files.delete();
    assertFalse(Files.exists(previous()));
  }

  @Test
  void anyDamageFallsBackAndSaysSo() throws IOException {
    write("one");
    write("two");
    byte[] whole = Files.readAllBytes(newest());
    List<byte[]> damaged = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      damaged.add(Arrays.copyOf(whole, length));
    }
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      damaged.add(flipped);
    }
    damaged.add(new byte[whole.length]);
    damaged.add(Arrays.copyOf(whole, whole.length + 1));
    for (byte[] bytes : damaged) {
      Files.write(newest(), bytes);
      notes.clear();
      assertEquals(Optional.of("one"), read());
      assertEquals(1, notes.size());
      assertTrue(notes.get(0).contains(newest() + " is damaged ("), notes.get(0));
      assertTrue(notes.get(0).endsWith("going on from the checkpoint before it"), notes.get(0));
    }
  }

  @Test
  void withBothDamagedThereIsNone() throws IOException {
    write("one");
    write("two");
    Files.write(newest(), new byte[0]);
    Files.write(previous(), new byte[100]);
    assertEquals(Optional.empty(), read());
    assertEquals(1, notes.size());
    assertEquals(1, notes.get(0).lines().count());
    assertTrue(notes.get(0).contains(newest().toString()), notes.get(0));
    assertTrue(notes.get(0).contains(previous().toString()), notes.get(0));
    assertTrue(notes.get(0).endsWith("starting the run over"), notes.get(0));
  }

  @Test
  void ofNoUseIsAsGoodAsDamaged() throws IOException {
    write("one");
    write("two");
    Optional<String> read =
        files.read(
            (in, length) -> {
              String text = in.readUTF();
              if (text.equals("two")) {
                throw new IOException("its rows are lost");
              }
              return text;
            },
            notes::add);
    assertEquals(Optional.of("one"), read);
    assertTrue(notes.get(0).contains("(its rows are lost)"), notes.get(0));
  }

  @Test
  void aWriteThatFailsLeavesBoth() throws IOException {
    write("one");
    write("two");
    assertThrows(
        IOException.class,
        () ->
            files.write(
                out -> {
                  out.writeUTF("three");
                  throw new IOException("no");
                }));
    assertEquals(Optional.of("two"), read());
    Files.delete(newest());
    assertEquals(Optional.of("one"), read());
  }
}
