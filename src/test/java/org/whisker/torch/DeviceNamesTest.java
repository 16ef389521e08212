package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.feature.position.ProbeConfig;
import org.whisker.job.DeviceConfig;
import org.whisker.job.ScoringConfig;
import org.whisker.torch.TorchDevice.DeviceNames;

class DeviceNamesTest {
  @Test
  void listsOfGpus() {
    assertEquals(List.of("gpu:0", "gpu:2"), DeviceNames.singles("gpu:0,2", 4));
    assertEquals(List.of("gpu:0", "gpu:1", "gpu:2"), DeviceNames.singles("gpu:all", 3));
    assertEquals(List.of("gpu"), DeviceNames.singles("gpu", 3));
    assertEquals(List.of("auto"), DeviceNames.singles("auto", 0));
    refused("names a GPU twice", () -> DeviceNames.singles("gpu:1,0,01", 4));
    refused("sees no GPU", () -> DeviceNames.singles("gpu:all", 0));
  }

  private static String refused(String words, Executable what) {
    String message =
        Objects.requireNonNull(assertThrows(RuntimeException.class, what).getMessage());
    assertTrue(message.contains(words), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "gpu", "gpu:0", "gpu:999", "mps"})
  void oneDevice(String name) {
    assertEquals(name, DeviceNames.one(name));
    assertEquals(name, DeviceNames.several(name));
    assertEquals(name, new DeviceConfig(name, Precision.FLOAT32).device());
    assertEquals(name, new ScoringConfig(name, "float32").device());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu:all", "gpu:0,1", "gpu:3,7,11"})
  void severalWhereSeveralAreOfUse(String name) {
    assertEquals(name, new ScoringConfig(name, "float32").device());
    String words = "names several GPUs, and one device is wanted";
    refused(words, () -> DeviceNames.one(name));
    refused(words, () -> TorchDevice.parse(name));
    refused(words, () -> new DeviceConfig(name, Precision.FLOAT32));
    refused(words, () -> ProbeConfig.of("m").on(name, "float32"));
  }

  /** The same words wherever a device is named. */
  @ParameterizedTest
  @ValueSource(strings = {"", "tpu", "CPU", "gpu:", "gpu:x", "gpu:1234", "gpu:1,", "gpu:0,1234"})
  void anythingElseIsRefusedAlike(String name) {
    String message = refused("--device must be auto, cpu", () -> DeviceNames.several(name));
    for (Executable each :
        List.<Executable>of(
            () -> DeviceNames.one(name),
            () -> TorchDevice.parse(name),
            () -> TorchDevice.parseAll(name),
            () -> new DeviceConfig(name, Precision.FLOAT32),
            () -> new ScoringConfig(name, "float32", Optional.empty()),
            () -> ProbeConfig.of("m").on(name, "float32"))) {
      assertEquals(message, refused(message, each));
    }
  }
}
