package org.whisker.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.ParserOfAll;
import picocli.CommandLine;

/** Scripts are run by the shells that they are for, where those are there. */
class ShellTest {
  @TempDir private static Path temp;
  private static final CommandLine WHISKER = ParserOfAll.get();

  @BeforeAll
  static void write() throws IOException {
    Shell.write(WHISKER, temp);
    for (String model : List.of("one", "two")) {
      Files.createDirectories(temp.resolve("home/models").resolve(model));
      Files.createFile(temp.resolve("home/models").resolve(model).resolve("model.json"));
    }
    Files.createDirectories(temp.resolve("home/models/no-model"));
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(in -> Files.isExecutable(Path.of(in, program)));
  }

  private List<String> run(String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).directory(temp.toFile());
    builder.environment().put("WHISKER_HOME", temp.resolve("home").toString());
    builder.environment().put("HOME", temp.toString());
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.lines().map(line -> line.split("\t", -1)[0]).sorted().toList();
  }

  private List<String> bash(String line) throws Exception {
    String words = line.replaceAll(" $", " ''");
    return run(
        "bash",
        "-c",
        "compopt() { :; }; . completion/whisker.bash; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                .formatted(words)
            + " _complete_whisker; printf '%s\\n' \"${COMPREPLY[@]}\"");
  }

  @Test
  void bashCompletesCommandsOptionsValuesAndModels() throws Exception {
    assumeTrue(has("bash"));
    assertEquals(List.of("evaluate", "evolve"), bash("whisker ev"));
    assertEquals(List.of("--model"), bash("whisker score --mo"));
    assertEquals(List.of("one", "two"), bash("whisker score --model "));
    assertEquals(List.of("two"), bash("whisker models show tw"));
    assertEquals(List.of("standard"), bash("whisker explain --budget st"));
  }

  @Test
  void zshUnderstandsItsScript() throws Exception {
    assumeTrue(has("zsh"));
    assertEquals(List.of(), run("zsh", "-n", "completion/_whisker"));
  }

  @Test
  void nothingOfTheDayOrTheMachineIsInTheScripts() throws IOException {
    for (Shell shell : Shell.values()) {
      String script = Files.readString(temp.resolve("completion").resolve(shell.file()));
      assertEquals(shell.script(ParserOfAll.get()), script);
      assertFalse(script.contains("@MODELS@"), shell.file());
      assertFalse(script.contains(temp.toString()), shell.file());
    }
  }

  @Test
  void anUnknownShellIsRefusedWithEachNameOnce() {
    assertEquals(Shell.ZSH, new Shell.Converter().convert("zsh"));
    var e =
        assertThrows(
            CommandLine.TypeConversionException.class, () -> new Shell.Converter().convert("ZSH"));
    assertEquals("there is completion for bash and zsh, not for 'ZSH'", e.getMessage());
  }
}
