package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.job.InvalidRequestException;

class CombinationsTest {
  @TempDir Path folder;

  private List<Map<String, String>> of(String options) throws IOException {
    Path file = folder.resolve("spec.yaml");
    Files.writeString(file, "tasks: [{command: evolve, " + options + "}]");
    return SweepPlanner.combinations(SweepSpec.read(file).parts().get(0));
  }

  @Test
  void aGridHasEachCombinationTheFirstOptionSlowest() throws IOException {
    assertEquals(
        List.of(
            Map.of("a", "1", "b", "x", "c", "true"),
            Map.of("a", "1", "b", "y", "c", "true"),
            Map.of("a", "2", "b", "x", "c", "true"),
            Map.of("a", "2", "b", "y", "c", "true")),
        of("options: {a: [1, 2], b: [x, y], c: true}"));
    assertEquals(List.of(Map.of()), of("options: {}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{from: 1, to: 2}|has the value",
        "[]|empty list",
        "[[1]]|has the value [1]",
        "null|has the value null"
      })
  void whatCannotBeIsRefusedByName(String values, String why) {
    InvalidRequestException e =
        assertThrows(InvalidRequestException.class, () -> of("options: {lambda: " + values + "}"));
    assertTrue(String.valueOf(e.getMessage()).contains("option lambda"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  /** Counted before any is made. */
  @Test
  void endlessSpecsAreRefused() {
    String thousand = "[" + "1, ".repeat(999) + "1]";
    String options = "options: {a: %1$s, b: %1$s, c: %1$s}".formatted(thousand);
    String message = assertThrows(InvalidRequestException.class, () -> of(options)).toString();
    assertTrue(message.contains("more than 1,000,000 tasks"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../outside", "0123456789abcdef0123456789abcdeg", "/etc/passwd"})
  void aKeyOfATaskNamesNoPath(String key) {
    assertThrows(IllegalArgumentException.class, () -> new TaskKey(key));
  }
}
