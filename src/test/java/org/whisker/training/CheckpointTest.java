package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.training.TrainingFolder.Checkpoint;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

class CheckpointTest {
  @TempDir Path temp;

  private static Checkpoint checkpoint() {
    Map<String, Tensor> state = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      float[] values = new float[i + 1];
      java.util.Arrays.fill(values, i / 3f);
      state.put("state." + i, Tensor.of(List.of(values.length), values));
    }
    state.put("last", Tensor.of(List.of(3), Float.MIN_VALUE, -0f, 1e30f));
    return new Checkpoint(
        7, Weights.of(state), new Trainer.EpochScore(5, 0.1 + 0.2, 1e-17), "a: b");
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
    assertEquals(written.state().names(), read.state().names());
    for (String name : read.state().names()) {
      assertEquals(written.state().floats(name), read.state().floats(name), name);
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
