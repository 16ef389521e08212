package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class CheckpointFileTest {
  @TempDir Path folder = Path.of("");
  private CheckpointFile checkpoint = new CheckpointFile(Path.of(""));
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void open() {
    checkpoint = new CheckpointFile(folder);
  }

  private void write(String text) throws IOException {
    checkpoint.write(out -> out.writeUTF(text));
  }

  private Optional<String> read() {
    return checkpoint.read((in, length) -> in.readUTF(), notes::add);
  }

  private Path file() {
    return folder.resolve("checkpoint.bin");
  }

  @Test
  void theNewOneTakesThePlaceOfTheOneBefore() throws IOException {
    assertEquals(Optional.empty(), read());
    for (String text : List.of("one", "two", "three")) {
      write(text);
      assertEquals(Optional.of(text), read());
    }
    assertEquals(List.of(), notes);
    try (var all = Files.list(folder)) {
      assertEquals(List.of(file()), all.toList());
    }
    checkpoint.delete();
    assertEquals(Optional.empty(), read());
  }

  @Test
  void anyDamageIsNoticedAndSaid() throws IOException {
    write("one");
    byte[] whole = Files.readAllBytes(file());
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
      Files.write(file(), bytes);
      notes.clear();
      assertEquals(Optional.empty(), read());
      assertEquals(1, notes.size());
      assertTrue(notes.get(0).contains(file() + " is damaged ("), notes.get(0));
      assertTrue(notes.get(0).endsWith("starting over"), notes.get(0));
    }
  }

  @Test
  void ofNoUseIsAsGoodAsDamaged() throws IOException {
    write("one");
    Optional<String> read =
        checkpoint.read(
            (in, length) -> {
              throw new IOException("its rows are lost");
            },
            notes::add);
    assertEquals(Optional.empty(), read);
    assertTrue(notes.get(0).contains("(its rows are lost)"), notes.get(0));
  }

  @Test
  void aWriteThatFailsLeavesTheOneBefore() throws IOException {
    write("one");
    assertThrows(
        IOException.class,
        () ->
            checkpoint.write(
                out -> {
                  out.writeUTF("two");
                  throw new IOException("no");
                }));
    assertEquals(Optional.of("one"), read());
  }
}
