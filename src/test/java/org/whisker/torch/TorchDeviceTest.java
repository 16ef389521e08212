package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TorchDeviceTest {
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
    assertTrue(TorchDevice.cpu().computeCapability().isEmpty());
  }

  @Test
  void cudaIsAnotherWordForGpu() {
    assertEquals("gpu", TorchDevice.DeviceNames.one("cuda"));
    assertEquals("gpu:1", TorchDevice.DeviceNames.one("cuda:1"));
    assertEquals(List.of("gpu:0", "gpu:2"), TorchDevice.DeviceNames.singles("cuda:0,2", 3));
    assertThrows(IllegalArgumentException.class, () -> TorchDevice.DeviceNames.one("cudas"));
  }
}
