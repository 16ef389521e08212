package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path temp;

  private static Checkpoint checkpoint() {
    List<float[]> state = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      float[] values = new float[i + 1];
      java.util.Arrays.fill(values, i / 3f);
      state.add(values);
    }
    state.add(new float[] {Float.MIN_VALUE, -0f, 1e30f});
    return new Checkpoint(7, state, new Trainer.EpochScore(5, 0.1 + 0.2, 1e-17), "a: b");
  }

  @Test
  void comesBackAsItWas() throws IOException {
    Path file = temp.resolve("checkpoint.safetensors");
    Checkpoint written = checkpoint();
    written.write(file);
    Checkpoint read = Checkpoint.read(file, "a: b");
    assertEquals(7, read.epoch());
    assertEquals(written.best(), read.best());
    assertEquals("a: b", read.fingerprint());
    assertEquals(written.state().size(), read.state().size());
    for (int i = 0; i < read.state().size(); i++) {
      assertArrayEquals(written.state().get(i), read.state().get(i), 0f);
    }
  }

  @Test
  void refusesThatOfAnotherTraining() throws IOException {
    Path file = temp.resolve("checkpoint.safetensors");
    checkpoint().write(file);
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> Checkpoint.read(file, "a: c")).getMessage());
    assertTrue(message.startsWith(file + " is of a training with other options;"), message);
  }

  @Test
  void refusesADamagedOne() throws IOException {
    Path file = temp.resolve("checkpoint.safetensors");
    checkpoint().write(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 5));
    String message =
        assertThrows(IOException.class, () -> Checkpoint.read(file, "a: b")).toString();
    assertTrue(message.contains(file.toString()), message);
  }
}
