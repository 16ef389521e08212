package org.whisker.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.whisker.cli.ParserOfAll;

/** The Python package's list of options is that of the commands. */
class CommandsJsonTest {
  private static final Path FILE = Path.of("python/src/whisker/commands.json");
  private static final String MADE = CommandsJson.of(ParserOfAll.get());

  @Test
  void theFileIsOfTheseCommands() throws IOException {
    if (Boolean.getBoolean("whisker.write")) {
      Files.writeString(FILE, MADE);
    }
    assertEquals(
        MADE,
        Files.readString(FILE),
        FILE
            + " is older than the commands; make it again:"
            + " mvn test -Dtest=CommandsJsonTest -Dwhisker.write=true");
  }

  @Test
  void optionsSayWhatTheyTake() throws IOException {
    JsonNode all = new JsonMapper().readTree(MADE);
    assertTrue(all.has("boundary margins") && !all.has("boundary"), "only what runs is a command");
    JsonNode evolve = all.get("evolve");
    JsonNode runs = option(evolve, "--runs");
    assertEquals("N", runs.get("value").asText());
    assertEquals("int", runs.get("type").asText());
    assertEquals("path", option(evolve, "--out").get("type").asText());
    assertEquals("bool", option(evolve, "--quiet").get("type").asText());
    assertFalse(runs.get("many").asBoolean());
    assertEquals("", option(evolve, "--quiet").get("value").asText());
    assertFalse(runs.get("help").asText().contains("%n"));
  }

  private static JsonNode option(JsonNode command, String name) {
    for (JsonNode option : command.get("options")) {
      if (option.get("name").asText().equals(name)) {
        return option;
      }
    }
    throw new AssertionError(name + " is missing");
  }
}
