package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.torch.Precision;

class DeviceConfigTest {
  private static final DeviceConfig CPU = new DeviceConfig("cpu", Precision.FLOAT32);
  private static final DeviceConfig AUTO = CPU.searchingIn(SearchPrecision.AUTO);

  @TempDir Path home = Path.of("");

  @Test
  void searchesScoreAsAllElseUnlessTold() throws IOException {
    assertEquals(Precision.FLOAT32, CPU.searchPrecision());
    assertEquals(Precision.BFLOAT16, CPU.searchingIn("bfloat16").searchPrecision());
    assertEquals(Precision.FLOAT32, CPU.searchingIn("bfloat16").settings(4).precision());
    assertThrows(InvalidRequestException.class, () -> CPU.searchingIn("float16"));
    String before = "{\"device\": \"cpu\", \"precision\": \"BFLOAT16\"}";
    DeviceConfig read =
        ConfigJson.read(new ObjectMapper().readTree(before), DeviceConfig.class, home);
    assertEquals(new DeviceConfig("cpu", Precision.BFLOAT16, Optional.empty()), read);
    assertEquals(Precision.BFLOAT16, read.searchPrecision());
    assertEquals(AUTO, ConfigJson.read(ConfigJson.write(AUTO), DeviceConfig.class, home));
  }

  @Test
  void autoIsNoPrecisionYet() {
    assertThrows(IllegalStateException.class, AUTO::searchPrecision);
    assertFalse(AUTO.hasSearchPrecision());
    assertTrue(CPU.hasSearchPrecision());
  }
}
