package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;

/**
 * ND4J, half of the native libraries, is loaded by commands that draw densities and by no other;
 * and of what it brings along renamed, nothing that reads text or files is loaded at all. Each in a
 * process of its own, whose log names every class.
 */
class Nd4jTest {
  private static final Pattern ND4J = Pattern.compile("org\\.nd4j\\.[\\w.$]+");

  /** Of Guava, as ND4J has it: arrays as lists, and checks of arguments. */
  private static final Pattern ARRAYS =
      Pattern.compile(
          "org\\.nd4j\\.shade\\.guava\\."
              + "(?:base\\.|primitives\\.|util\\.concurrent\\.AtomicDouble).*");

  @TempDir private Path home;

  /** What the child runs: lines of commands, one after the other. */
  static final class Lines {
    private Lines() {}

    public static void main(String[] args) {
      TestEnvironment test = new TestEnvironment(Path.of(args[0]));
      for (String line : Arrays.asList(args).subList(1, args.length)) {
        if (Main.run(line.split(" ", -1), test.environment()) != 0) {
          throw new IllegalStateException(line + ": " + test.err());
        }
      }
    }
  }

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
  }

  /** The classes of ND4J that commands load. */
  private Set<String> loaded(String... lines) throws Exception {
    Path log = home.resolve("classes");
    Path said = home.resolve("said");
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Lines.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    process.command().addAll(Arrays.asList(lines));
    assertEquals(0, process.start().waitFor(), () -> text(said));
    String classes = text(log);
    assertTrue(classes.contains("org.whisker.cli.Main "), "the log has no classes");
    return ND4J.matcher(classes)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void whatDrawsNoDensityNeedsNone() throws Exception {
    assertEquals(
        Set.of(),
        loaded(
            "score --model tiny white",
            "models list",
            "models show tiny",
            "network show tiny",
            "saliency --model tiny --image white --method occlusion --format svg --device cpu --out "
                + home.resolve("why"),
            "evolve --help"));
  }

  @Test
  void nothingThatReadsIsAmongWhatItBringsAlong() throws Exception {
    Set<String> all =
        loaded(
            "evolve --model tiny --runs 2 --generations 12 --format svg --device cpu --out "
                + home.resolve("run"),
            "heatmap " + home.resolve("run") + " --format svg --out " + home.resolve("map"));
    assertFalse(all.isEmpty(), "a density is drawn by ND4J");
    Set<String> shaded =
        all.stream()
            .filter(name -> name.startsWith("org.nd4j.shade."))
            .filter(name -> !ARRAYS.matcher(name).matches())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), shaded);
  }
}
