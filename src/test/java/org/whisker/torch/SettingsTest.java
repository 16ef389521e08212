package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 65_537, 1_000_000_000})
  void aBatchIsBounded(int batch) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), batch));
    assertEquals("batch must be 1 to 65536, was " + batch, e.getMessage());
  }
}
