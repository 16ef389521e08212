package org.whisker.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.TinyModels;
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
    // a manifest of an earlier whisker
    String before = "{\"device\": \"cpu\", \"precision\": \"BFLOAT16\"}";
    DeviceConfig read =
        ConfigJson.read(new ObjectMapper().readTree(before), DeviceConfig.class, home);
    assertEquals(new DeviceConfig("cpu", Precision.BFLOAT16, Optional.empty()), read);
    assertEquals(Precision.BFLOAT16, read.searchPrecision());
    assertEquals(AUTO, ConfigJson.read(ConfigJson.write(AUTO), DeviceConfig.class, home));
  }

  @Test
  void whichIsFasterIsMeasuredOnceForEachModel() throws IOException {
    TinyModels.save(home, "tiny");
    StoredModel tiny = new ModelStore(home.resolve("models")).open("tiny");
    Path cache = home.resolve("cache");
    List<String> notes = new ArrayList<>();
    SearchPrecisions kept = SearchPrecisions.in(cache, notes::add);
    assertThrows(IllegalStateException.class, AUTO::searchPrecision);
    assertFalse(AUTO.hasSearchPrecision());
    AUTO.settled(List.of(tiny), 8, kept.readOnly());
    assertFalse(Files.exists(cache));
    DeviceConfig first = AUTO.settled(List.of(tiny), 8, kept);
    assertTrue(first.hasSearchPrecision());
    assertEquals(2, notes.size(), notes.toString());
    assertTrue(notes.get(1).startsWith("tiny: bfloat16 scores "), notes.get(1));
    assertEquals(first, AUTO.settled(List.of(tiny), 8, kept));
    assertEquals(2, notes.size());
    AUTO.settled(List.of(tiny), 16, kept); // batches of another size have other speeds
    try (Stream<Path> files = Files.walk(cache)) {
      assertEquals(2, files.filter(Files::isRegularFile).count());
    }
    assertEquals(CPU, CPU.settled(List.of(tiny), 8, kept));
  }
}
