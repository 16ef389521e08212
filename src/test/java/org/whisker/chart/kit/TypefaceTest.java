package org.whisker.chart.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts bring their own font. */
class TypefaceTest {
  @TempDir private Path folder;

  /** The process: one chart of Java2D and one of XChart. */
  static final class Draws {
    private Draws() {}

    public static void main(String[] args) throws IOException {
      Path out = Path.of(args[0]);
      Files.writeString(
          out.resolve("confusion.svg"), SampleFigures.chart("confusion").svg().text());
      Files.writeString(out.resolve("lines.svg"), SampleFigures.chart("lines").svg().text());
      Files.write(out.resolve("lines.png"), SampleFigures.chart("lines").png(1).bytes());
    }
  }

  @Test
  void aSystemWithoutFontsDrawsTheSame() throws Exception {
    Path none = folder.resolve("fonts.conf");
    Files.writeString(
        none,
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig></fontconfig>");
    Path bare = Files.createDirectory(folder.resolve("bare"));
    leftByAKilledProcess();
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Djava.awt.headless=true",
            // where Java remembers the fonts that it found
            "-Duser.home=" + folder,
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Draws.class.getName(),
            bare.toString());
    process.environment().put("FONTCONFIG_FILE", none.toString());
    Path said = folder.resolve("said");
    assertEquals(
        0,
        process.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor(),
        () -> read(said));
    Path here = Files.createDirectory(folder.resolve("here"));
    Draws.main(new String[] {here.toString()});
    for (String name : new String[] {"confusion.svg", "lines.svg", "lines.png"}) {
      assertEquals(-1, Files.mismatch(here.resolve(name), bare.resolve(name)), name);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          0, left.filter(f -> String.valueOf(f.getFileName()).startsWith("whisker-")).count());
    }
  }

  /** It has a lock that nobody holds, and is days old. */
  private void leftByAKilledProcess() throws IOException {
    Path left = Files.createDirectory(folder.resolve("whisker-font1"));
    Files.createFile(left.resolve(".lock"));
    Files.createFile(left.resolve("DejaVuSans.ttf"));
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void itHasWhatChartsSay() {
    assertEquals(Optional.empty(), Typeface.problem());
    for (String text :
        new String[] {"p(target) ≥ ½ − 3 σ², Größe, κόσμος, мир", "→ × ± ∞ ✓ ✕ … “ab”"}) {
      assertSame(Ink.LABEL, Typeface.able(Ink.LABEL, text));
      assertSame(Ink.TITLE, Typeface.able(Ink.TITLE, text));
    }
  }
}
