package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.Folders;
import org.whisker.cli.Main;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;

/** The programs of {@code examples/} against the commands: the same files, the same numbers. */
class ExamplesTest {
  @TempDir Path home = Path.of("");
  @TempDir Path other = Path.of("");
  private Path image = Path.of("");

  @BeforeEach
  void models() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.save(other, "tiny");
    image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(Canvas.square(TinyModels.SIDE), 40, 41, 500, 900));
  }

  /** What a program prints. */
  private static List<String> program(String name, Object... arguments) {
    PrintStream before = System.out;
    Locale locale = Locale.getDefault();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Locale.setDefault(Locale.ROOT);
    try {
      String[] args = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
      Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name + " failed", e);
    } finally {
      Locale.setDefault(locale);
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** What a command prints in a home of its own. */
  private String command(Object... arguments) {
    List<String> args = new ArrayList<>(List.of("--quiet"));
    List.of(arguments).forEach(argument -> args.add(args.size() - 1, argument.toString()));
    TestEnvironment test = new TestEnvironment(other);
    int code = Main.run(args.toArray(String[]::new), test.environment());
    assertEquals(0, code, test.err());
    return test.out();
  }

  private static Map<Path, String> tables(Path folder) throws IOException {
    Map<Path, String> tables = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      if (file.toString().endsWith(".csv")) {
        tables.put(file, Files.readString(folder.resolve(file)));
      }
    }
    return tables;
  }

  private static void assertSame(Path byCommand, Path byProgram) throws IOException {
    assertEquals(Folders.files(byCommand), Folders.files(byProgram));
    assertEquals(tables(byCommand), tables(byProgram));
  }

  @Test
  void score() {
    List<String> printed = program("Score", home, "tiny", image);
    String[] row = command("score", "--model=tiny", image).lines().toList().get(1).split(",", -1);
    String expected =
        String.format(
            Locale.ROOT,
            "p(target) %.3f, logit against the target %.3f",
            Double.parseDouble(row[2]),
            Double.parseDouble(row[1]));
    assertEquals(List.of(expected), printed);
  }

  @Test
  void evolveAndHeatmap() throws IOException {
    Path runs = home.resolve("runs");
    List<String> printed = program("Evolve", home, "tiny", runs, 2, 3);
    assertEquals(2, printed.size());
    assertTrue(printed.get(1).matches("run 2: p\\(target\\) 0\\.\\d+, \\d+ pixels, E 0\\.\\d+"));
    Path same = other.resolve("runs");
    command(
        "evolve",
        "--model=tiny",
        "--runs=2",
        "--generations=3",
        "--precision=float32",
        "--out=" + same);
    assertSame(same, runs);
    assertTrue(Files.size(runs.resolve("runs/2/best.gif")) > 100);

    Path map = home.resolve("map");
    List<String> said = program("Heatmap", home, runs, map);
    assertEquals(1, said.size());
    assertTrue(said.get(0).startsWith("tiny: E 0."), said.get(0));
    Path sameMap = other.resolve("map");
    command("heatmap", runs, "--out=" + sameMap);
    assertSame(sameMap, map);
  }

  @Test
  void occlusion() throws IOException {
    Path out = home.resolve("why");
    List<String> printed = program("Occlusion", home, "tiny", image, out, 8, 4);
    int pixels = TinyModels.SIDE * TinyModels.SIDE;
    assertTrue(printed.get(0).startsWith(pixels + " values in logits; "), printed.get(0));
    Path png = Path.of(printed.get(1).replaceAll(".*the map: ", ""));
    assertTrue(Files.size(png) > 500);
    Path same = other.resolve("why");
    command(
        "saliency",
        "--model=tiny",
        "--image=" + image,
        "--method=occlusion",
        "--window=8",
        "--stride=4",
        "--out=" + same);
    assertSame(same, out);
  }

  @Test
  void ablate() throws IOException {
    Path out = home.resolve("causes");
    List<String> printed = program("Ablate", home, "tiny", "padding", out, 2, 150);
    assertEquals(3, printed.size(), printed.toString());
    String effect = "reflect against zero: edge_index\\w* [+-]0\\.\\d{3}, [a-z_]+";
    assertTrue(printed.get(0).matches(effect), printed.get(0));
    Path same = other.resolve("causes");
    command(
        "ablate", "padding", "--model=tiny", "--runs=2", "--max-evaluations=150", "--out=" + same);
    assertSame(same, out);
  }

  @Test
  void explain() throws IOException {
    Path out = home.resolve("report");
    List<String> printed = program("Explain", home, "tiny", out, 2, 60);
    int hypotheses = Hypotheses.all().size();
    assertEquals(hypotheses + 1, printed.size(), printed.toString());
    Path page = out.resolve("index.html");
    assertEquals(page.toString(), printed.get(hypotheses));
    Path same = other.resolve("report");
    // whose runs have the same keys finds them; one that asks otherwise evolves its own
    Folders.copy(home.resolve("cache"), other.resolve("cache"));
    command("explain", "tiny", "--runs=2", "--max-evaluations=60", "--out=" + same);
    assertSame(same, out);
    assertTrue(Files.readString(page).stripTrailing().endsWith("</html>"));
  }
}
