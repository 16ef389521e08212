package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigJsonTest {
  private static final Path FILE = Path.of("manifest.json");

  /** What was asked for. */
  record Asked(List<String> models, List<String> chosenArms) {
    Asked {
      models = List.copyOf(models);
      chosenArms = List.copyOf(chosenArms);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                ConfigJson.read(
                    new ObjectMapper().readTree("{\"models\": [\"mine\"]}"), Asked.class, FILE));
    assertEquals(
        "manifest.json: configuration: there is no chosen_arms; it was written by another version",
        refused.getMessage());
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Asked asked = new Asked(List.of("mine"), List.of("held"));
    assertEquals(asked, ConfigJson.read(ConfigJson.write(asked), Asked.class, FILE));
  }
}
