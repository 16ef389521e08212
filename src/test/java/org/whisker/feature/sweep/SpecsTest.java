package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;

/** The specs that come with whisker can be planned. */
class SpecsTest {
  private static final Path FOLDER = Path.of("analyses/specs");

  @TempDir Path home;

  static List<Path> specs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> specs = files.sorted().toList();
      assertTrue(specs.size() >= 3, "" + specs);
      return specs;
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void canBePlanned(Path file) throws IOException {
    TinyModels.save(home, "vgg16-mini");
    TinyModels.save(home, "inception-resnet-v2-mini", 8);
    // a short list, in this process, of models that are there
    String text =
        Files.readString(file)
            .replace("population/networks/*", home.resolve("models") + "/*")
            .replace("numerics: portable", "numerics: native");
    Path spec = Files.writeString(home.resolve("spec.yaml"), text);
    TestEnvironment test = new TestEnvironment(home);
    String[] args = {"sweep", "plan", spec.toString(), "--dry-run", "--quiet"};
    assertEquals(0, test.run(SweepCommand::new, args), test.err());
    assertTrue(test.out().contains("images at most"), test.out());
    assertTrue(test.out().contains("evolve-2") || test.out().contains("ablate-1"), test.out());
  }

  @Test
  void aWrongEntryIsSaidByItsPlace() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("spec.yaml"),
            """
            models: [a]
            seeds: {first: 1, count: 1}
            tasks:
              - command: evolve
                seeds: {first: 1, count: -5}
                options: {generations: 5}
            """);
    IOException e = assertThrows(IOException.class, () -> SweepSpec.read(file));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("configuration.tasks[0].seeds: seeds need"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          models: vgg16-mini          | configuration: models must be a list
          seeds: [1, 2]               | configuration: seeds must be a group of entries with names
          seeds: {count: soon}        | configuration: seeds.count must be a number
          seedz: {count: 1}           | configuration: 'seedz' is unknown; known are device, models
          '{"models": [a], "models": [b]}' | not valid YAML: Duplicate field 'models'
          seeds: {first: 9223372036854775807, count: 5} | configuration.seeds: seeds end at 2^63 - 1
          """)
  void anEntryOfAnotherFormIsSaidInPlainWords(String spec, String said) throws IOException {
    Path file = Files.writeString(home.resolve("spec.yaml"), spec);
    IOException e = assertThrows(IOException.class, () -> SweepSpec.read(file));
    assertTrue(e.toString().contains(said), e.toString());
  }
}
