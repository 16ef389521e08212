package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Objective.TargetClass;

class JobManifestTest {
  private static final Map<String, Object> CONTENT =
      Map.of("command", "try", "model", Map.of("sha256", "ab"), "arguments", List.of("--runs=3"));

  @TempDir Path folder = Path.of("");

  private record Inner(long seed, Optional<String> name) {}

  private record Config(Path source, int runs, OptionalDouble target, List<Inner> parts) {
    Config {
      if (runs < 1) {
        throw new IllegalArgumentException("--runs must be at least 1, was " + runs);
      }
    }
  }

  private static final Config CONFIG =
      new Config(
          Path.of("a/b"),
          3,
          OptionalDouble.of(0.5),
          List.of(new Inner(1L << 40, Optional.of("x")), new Inner(0, Optional.empty())));

  @Test
  void configurationComesBackAsItWas() throws IOException {
    JobManifest.begin(folder, CONTENT, CONFIG).write("running");
    JobManifest read = JobManifest.open(folder, "try");
    assertEquals(CONFIG, read.recorded(Config.class));
    assertEquals(List.of("--runs=3"), read.arguments());
    assertFalse(read.isDone());
    read.write("done");
    assertTrue(JobManifest.open(folder, "try").isDone());
    assertTrue(Files.readString(folder.resolve("manifest.json")).contains("\"source\" : \"a/b\""));
  }

  @Test
  void aSearchForAnotherClassIsNotForCats() throws IOException {
    Map<String, Object> evolution = Map.of("target_class", "not-cat");
    Map<String, Object> net = Map.of("name", "net", "sha256", "ab", "class", "dog");
    Map<String, Object> content =
        Map.of("command", "try", "model", net, "arms", List.of(Map.of("evolution", evolution)));
    JobManifest begun = JobManifest.begin(folder, content, CONFIG);
    assertEquals("not-target", begun.content().at("/arms/0/evolution/target_class").asText());
    begun.write("running");
    Path file = folder.resolve(JobManifest.NAME);
    Files.writeString(file, Files.readString(file).replace("not-target", "not-cat"));
    JobManifest.open(folder, "try").check(begun, List.of("/arms"), note -> {});
    assertEquals(TargetClass.NOT_CAT, TargetClass.parse("not-target"));
    assertEquals(
        Map.of("target_class", "not-target"),
        JobManifest.begin(folder, Map.of("evolution", evolution), CONFIG)
            .content()
            .path("evolution")
            .properties()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asText())));
  }

  @Test
  void resultsThatWereChangedAreNamed() throws IOException {
    Path table = Files.createDirectories(folder.resolve("images/1")).resolve("flips.csv");
    Path kept = folder.resolve("kept.csv");
    Path chart = folder.resolve("chart.png");
    for (Path file : List.of(table, kept, chart)) {
      Files.writeString(file, "x\n1\n");
    }
    JobManifest.begin(folder, CONTENT, CONFIG).write("running");
    assertEquals(List.of(), JobManifest.open(folder, "try").changed());
    JobManifest.open(folder, "try").write("done");
    assertEquals(List.of(), JobManifest.open(folder, "try").changed());
    Files.writeString(chart, "drawn again");
    Files.writeString(table, "x\n2\n");
    assertEquals(
        List.of(table + " is not as it was written"), JobManifest.open(folder, "try").changed());
    Files.writeString(table, "");
    Files.delete(kept);
    assertEquals(
        List.of(table + " is empty", kept + " is missing"),
        JobManifest.open(folder, "try").changed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"format\": 0, ", "\"format\": 2, "})
  void aFolderOfAnotherVersionIsRefusedInOneLine(String format) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), "{" + format + "\"command\": \"try\"}");
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> JobManifest.open(folder, "try")).getMessage());
    assertEquals(
        folder
            + (format.contains("2")
                ? " was made by a newer whisker (format 2, this one knows 1); use that one"
                : " was made by whisker 0.2 or older; run its command again, or use version 0.2"),
        message);
  }

  @Test
  void namesTheEntryThatCannotBe() throws IOException {
    assertTrue(complaint("\"runs\": 0").endsWith("--runs must be at least 1, was 0"));
    assertTrue(complaint("\"runs\": 2, \"rums\": 3").contains("rums"));
    assertTrue(complaint("\"runs\": null").contains("runs"), complaint("\"runs\": null"));
    assertTrue(
        complaint("\"runs\": \"many\"").contains("runs must be a number"),
        complaint("\"runs\": \"many\""));
  }

  private String complaint(String entry) throws IOException {
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"format\": 1, \"command\": \"try\", \"configuration\": {\"source\": \"a\", \"parts\": [], "
            + entry
            + "}}");
    JobManifest read = JobManifest.open(folder, "try");
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> read.recorded(Config.class)).getMessage());
    assertTrue(message.startsWith(folder.resolve("manifest.json") + ": configuration"), message);
    assertEquals(1, message.lines().count());
    return message;
  }

  @Test
  void refusesAFolderOfAnotherCommand() throws IOException {
    assertThrows(IOException.class, () -> JobManifest.open(folder, "try"));
    JobManifest.begin(folder, CONTENT, CONFIG).write("done");
    String message =
        String.valueOf(
            assertThrows(InvalidRequestException.class, () -> JobManifest.open(folder, "other"))
                .getMessage());
    assertTrue(message.contains("of whisker try, not of whisker other"), message);
  }

  @Test
  void whatDecidesResultsMustAgree() throws IOException {
    JobManifest before = JobManifest.begin(folder, CONTENT, CONFIG);
    JobManifest now =
        JobManifest.begin(
            folder,
            Map.of("command", "try", "versions", "2", "model", Map.of("sha256", "cd")),
            CONFIG);
    List<String> notes = new ArrayList<>();
    before.check(now, List.of("/command", "/configuration"), notes::add);
    assertEquals(1, notes.size());
    String message =
        String.valueOf(
            assertThrows(
                    IOException.class,
                    () -> before.check(now, List.of("/model/sha256"), notes::add))
                .getMessage());
    assertTrue(message.contains("model sha256 is \"ab\", here it is \"cd\""), message);
  }
}
