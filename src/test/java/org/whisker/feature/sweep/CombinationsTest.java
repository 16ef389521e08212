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
    return SweepPlanner.Combinations.of(SweepSpec.read(file).parts().get(0));
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

  @Test
  void aRangeHasStepsThatEndWhereItEnds() throws IOException {
    assertEquals(
        List.of("0.1", "1", "10"),
        of("options: {a: {from: 0.1, to: 10, steps: 3, scale: log}}").stream()
            .map(
                o ->
                    String.valueOf(o.get("a"))
                        .replaceAll("^0\\.99999\\d*|1\\.00000\\d*|1\\.0$", "1"))
            .map(v -> v.equals("10.0") ? "10" : v)
            .toList());
    assertEquals(
        List.of("1", "3", "5"),
        of("options: {a: {from: 1, to: 5, steps: 3}}").stream().map(o -> o.get("a")).toList());
  }

  @Test
  void drawsAreWithinTheirRangesAndTheSameEachTime() throws IOException {
    String options =
        "options: {w: {from: 3, to: 5}, l: {from: 0.001, to: 1, scale: log}, o: [x, y]}";
    List<Map<String, String>> drawn = of("draw: {count: 200, seed: 4}, " + options);
    assertEquals(drawn, of("draw: {count: 200, seed: 4}, " + options));
    assertEquals(drawn.subList(0, 50), of("draw: {count: 50, seed: 4}, " + options));
    for (String value : List.of("3", "4", "5")) {
      assertTrue(drawn.stream().anyMatch(o -> value.equals(o.get("w"))), value);
    }
    assertTrue(drawn.stream().allMatch(o -> String.valueOf(o.get("w")).matches("[345]")));
    // half of a logarithmic range lies below its geometric mean
    long below =
        drawn.stream().filter(o -> Double.parseDouble(o.get("l")) < Math.sqrt(0.001)).count();
    assertTrue(below > 70 && below < 130, "below: " + below);
    assertTrue(
        drawn.stream()
            .mapToDouble(o -> Double.parseDouble(o.get("l")))
            .allMatch(l -> l >= 0.001 && l <= 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{from: 1, to: 2}|has no steps",
        "{from: 2, to: 1, steps: 2}|runs from 2 to 1",
        "{from: 0, to: 1, steps: 2, scale: log}|logarithmic scale from 0",
        "{from: 1, to: 2, steps: 2, scale: cubic}|scale 'cubic'",
        "{from: 1, to: 2, step: 2}|entry 'step'",
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
  @ParameterizedTest
  @ValueSource(
      strings = {
        "options: {a: {from: 0, to: 1, steps: 2147483647}}",
        "options: {a: {from: 0, to: 1, steps: 1000}, b: {from: 0, to: 1, steps: 1000},"
            + " c: {from: 0, to: 1, steps: 1000}}",
        "draw: {count: 1000000000}, options: {a: {from: 0, to: 1}}"
      })
  void endlessSpecsAreRefused(String options) {
    String message = assertThrows(InvalidRequestException.class, () -> of(options)).toString();
    assertTrue(message.contains("more than 1,000,000 tasks"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../outside", "0123456789abcdef0123456789abcdeg", "/etc/passwd"})
  void aKeyOfATaskNamesNoPath(String key) {
    assertThrows(IllegalArgumentException.class, () -> new TaskKey(key));
  }
}
