package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.command.ExitCode;
import org.whisker.command.TestEnvironment;
import picocli.CommandLine.ParameterException;

/** Every command that README, guide and recipes tell people to type. */
class GuideTest {
  private static final String LAUNCHER = "./whisker ";

  /** What is done in a moment, whatever the model. */
  private static final Set<String> CHEAP =
      Set.of("models list", "models show", "models verify", "network show", "ablate list");

  @TempDir Path home;

  private static List<Path> texts() throws IOException {
    List<Path> texts = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    for (String folder : List.of("docs", "models", "reports")) {
      try (Stream<Path> files = Files.walk(Path.of(folder), 2)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(texts::add);
      }
    }
    return texts;
  }

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path text : texts()) {
      commands.addAll(commands(Files.readString(text)));
    }
    return commands;
  }

  /** The lines of code blocks that start whisker; a backslash continues one. */
  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    boolean code = false;
    for (String line : text.replaceAll("\\\\\\R\\s*", "").lines().toList()) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (code && line.startsWith(LAUNCHER)) {
        commands.add(line.substring(LAUNCHER.length()).strip());
      }
    }
    return commands;
  }

  static Stream<String> cheap() throws IOException {
    return commands().stream().filter(c -> CHEAP.stream().anyMatch(c::startsWith));
  }

  private static String[] words(String command) {
    return command.split(" +");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(String command) {
    assertDoesNotThrow(
        () -> Main.parser(new TestEnvironment(home).environment()).parseArgs(words(command)));
  }

  @ParameterizedTest
  @MethodSource("cheap")
  void runs(String command) throws IOException {
    TinyModels.save(home, "vgg16-mini");
    TinyModels.save(home, "inception-resnet-v2-mini");
    TinyModels.save(home, "cats");
    TestEnvironment environment = new TestEnvironment(home);
    assertEquals(
        ExitCode.OK, Main.run(words(command), environment.environment()), environment.err());
    assertTrue(environment.out().length() > 20, environment.out());
  }

  @Test
  void nothingIsLeftOut() throws IOException {
    List<String> commands = commands();
    assertTrue(commands.size() > 40, "found " + commands.size());
    Set<String> mentioned = new HashSet<>();
    commands.forEach(command -> mentioned.add(words(command)[0]));
    Set<String> all =
        new HashSet<>(
            Main.parser(new TestEnvironment(home).environment()).getSubcommands().keySet());
    all.removeAll(mentioned);
    assertEquals(Set.of(), all, "commands without an example");
  }

  @Test
  void aWrongOptionWouldBeFound() {
    String text = "```\n./whisker evolve --model m \\\n  --no-such 3\n```\n./whisker nothing";
    assertEquals(List.of("evolve --model m --no-such 3"), commands(text));
    var parser = Main.parser(new TestEnvironment(home).environment());
    assertThrows(ParameterException.class, () -> parser.parseArgs(words(commands(text).get(0))));
  }
}
