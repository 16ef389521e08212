package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;

/** Fonts that don't work are said by every command that draws charts, before its work. */
class FontsTest {
  private static final List<String> DRAW =
      List.of(
          "explain --runs 2 --max-evaluations 20 vgg16-mini",
          "explain --dry-run vgg16-mini",
          "evolve --model vgg16-mini --runs 1 --generations 1",
          "ablate padding --model vgg16-mini --runs 2 --max-evaluations 20",
          "probe --model vgg16-mini",
          "saliency --model vgg16-mini --image white",
          "boundary margins --model vgg16-mini white",
          "diagnose vgg16-mini",
          "network show vgg16-mini",
          "evaluate --model vgg16-mini --data photos",
          "league --model vgg16-mini",
          "train --arch vgg16 --data photos --out mine --research-only",
          "charts report");

  @TempDir private Path folder;

  /** The process: fonts are unpacked to a folder of temporary files, which is not there. */
  static final class Draws {
    private Draws() {}

    public static void main(String[] args) throws IOException {
      Path home = Path.of(args[0]);
      for (String line : DRAW) {
        TestEnvironment test = new TestEnvironment(home);
        int code = Main.run(line.split(" "), test.environment());
        System.out.println(line + ": " + code + " " + test.err().strip());
      }
      try (Stream<Path> left = Files.list(home)) {
        left.forEach(System.out::println);
      }
    }
  }

  @Test
  void everyCommandThatDrawsSaysFirstThatItCant() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path said = folder.resolve("said");
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1", // it lives for seconds
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            "-Djava.io.tmpdir=" + folder.resolve("missing"),
            "-cp",
            System.getProperty("java.class.path"),
            Draws.class.getName(),
            home.toString())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start()
        .waitFor();
    String expected = ": 1 whisker: the font of charts can't be unpacked: ";
    List<String> lines = new ArrayList<>(Files.readAllLines(said));
    lines.remove("WARNING: java.io.tmpdir directory does not exist"); // said by Java 20 and newer
    for (int i = 0; i < DRAW.size(); i++) {
      assertEquals(DRAW.get(i) + expected, head(lines.get(i), DRAW.get(i) + expected));
    }
    assertEquals(DRAW.size(), lines.size(), () -> "more was said or written: " + lines);
  }

  private static String head(String line, String like) {
    return line.substring(0, Math.min(line.length(), like.length()));
  }
}
