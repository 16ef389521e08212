package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TorchDeviceTest {
  @Test
  void listsOfGpus() {
    assertEquals(List.of("gpu:0", "gpu:2"), TorchDevice.names("gpu:0,2", 4));
    assertEquals(List.of("gpu:0", "gpu:1", "gpu:2"), TorchDevice.names("gpu:all", 3));
    assertEquals(List.of("gpu"), TorchDevice.names("gpu", 3));
    assertEquals(List.of("auto"), TorchDevice.names("auto", 0));
    refused("names a GPU twice", "gpu:1,0,01", 4);
    refused("sees no GPU", "gpu:all", 0);
  }

  private static void refused(String words, String name, int gpus) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TorchDevice.names(name, gpus))
            .toString();
    assertTrue(message.contains(words), message);
  }

  @Test
  void applesGpuIsThereOnApplesProcessorsAndHasNoFloat64() {
    TorchDevice mps = TorchDevice.mps("Mac OS X", "aarch64");
    assertEquals("mps", mps.label());
    assertEquals(100, mps.searchBatch(100));
    assertTrue(
        new TorchClassifier.Settings(Precision.FLOAT32, mps, 1).device().has(Precision.FLOAT32));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new TorchClassifier.Settings(Precision.FLOAT64, mps, 1))
            .getMessage();
    assertEquals("mps has no float64; take --device cpu", message);
    assertFalse(Fusion.available(Precision.FLOAT32, mps));
    assertThrows(IllegalArgumentException.class, () -> TorchDevice.mps("Mac OS X", "x86_64"));
    assertThrows(IllegalArgumentException.class, () -> TorchDevice.mps("Linux", "aarch64"));
  }

  @Test
  void theCpuIsAlwaysThere() {
    assertEquals("cpu", TorchDevice.parseAll("cpu").get(0).label());
    assertThrows(IllegalArgumentException.class, () -> TorchDevice.parseAll("gpu:998,999"));
    assertThrows(IllegalArgumentException.class, () -> TorchDevice.parseAll("gpu:1,"));
  }
}
