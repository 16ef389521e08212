package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.image.Canvas;
import org.whisker.position.PixelMap;
import org.whisker.torch.NativeCache;
import org.whisker.torch.natives.OperatorThreads;

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

  /** A number that no library chooses. */
  private static final int THREADS = 1009;

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

  /** What another child runs: a map is the first of its thread to need ND4J. */
  static final class FirstMap {
    private FirstMap() {}

    public static void main(String[] args) {
      NativeCache.load();
      JniUtils.setNumThreads(THREADS);
      PixelMap.of("map", new Canvas(1, 1), "share", new double[1]);
      System.out.println(OperatorThreads.count());
    }
  }

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
  }

  /** The classes of ND4J that commands load. */
  private Set<String> loaded(String... lines) throws Exception {
    Path log = home.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of(home.toString()));
    arguments.addAll(List.of(lines));
    said(Lines.class, "-Xlog:class+load:file=" + log, arguments);
    String classes = text(log);
    assertTrue(classes.contains("org.whisker.cli.Main "), "the log has no classes");
    return ND4J.matcher(classes)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a process says that does not fail. */
  private String said(Class<?> main, String option, List<String> arguments) throws Exception {
    Path said = home.resolve("said");
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    process.command().addAll(arguments);
    assertEquals(0, process.start().waitFor(), () -> text(said));
    return text(said);
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

  /** ND4J sets OpenMP's, by which libtorch's results differ in their last bits. */
  @Test
  void aMapLeavesTheNumberOfThreadsInAnOperator() throws Exception {
    String said = said(FirstMap.class, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", List.of());
    assertEquals(Integer.toString(THREADS), said.strip().lines().toList().get(0));
  }
}
