package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.kit.SampleFigures;
import org.whisker.command.TestEnvironment;
import org.whisker.job.Leftovers;

/** Where numbers have other digits, files and what is printed are the same. */
class OtherLocaleTest {
  private static final Locale USUAL = Locale.getDefault();

  /** Where twelve is written with other digits. */
  private static final Map<String, String> TWELVE =
      Map.of("fa-IR", "۱۲", "ar-EG", "١٢", "bn-BD", "১২", "mr-IN", "१२");

  @TempDir private Path home;

  @AfterEach
  void usual() {
    Locale.setDefault(USUAL);
  }

  /**
   * All that commands write and print, by name; in SVG a number is text, in PNG the same in pixels.
   */
  private Map<String, byte[]> written(Locale locale) throws IOException {
    Locale.setDefault(locale);
    Leftovers.delete(home.resolve("analyses"));
    Leftovers.delete(home.resolve("models"));
    TinyModels.save(home, "tiny");
    TestEnvironment test = new TestEnvironment(home);
    for (String line :
        List.of(
            "score --model tiny white",
            "evolve --model tiny --runs 2 --generations 12 --format svg --out RUN --device cpu",
            "heatmap RUN --format svg --out MAP",
            "probe --model tiny --block 8 --format svg --out PROBE --device cpu",
            "saliency --model tiny --image white --method occlusion,gradient --format svg --out WHY"
                + " --device cpu",
            "network show tiny",
            "models export tiny --format torchscript --out MODULE.pt",
            "models export tiny --format onnx --out MODULE.onnx",
            "models show tiny")) {
      String[] words =
          line.replaceAll("[A-Z]{3,}", home.resolve("analyses").toString() + "/$0").split(" ", -1);
      assertEquals(0, Main.run(words, test.environment()), line + ": " + test.err());
    }
    Map<String, byte[]> files = new TreeMap<>();
    files.put("printed", test.out().getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> paths = Files.walk(home.resolve("analyses"))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(home.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    files.put(
        "lines.svg", SampleFigures.chart("lines").svg().text().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  @Test
  void writesTheSame() throws IOException {
    Map<String, byte[]> usual = written(Locale.ROOT);
    assertFalse(usual.size() < 22, usual.keySet().toString());
    for (Map.Entry<String, String> twelve : TWELVE.entrySet()) {
      Locale locale = Locale.forLanguageTag(twelve.getKey());
      assertEquals(twelve.getValue(), String.format(locale, "%d", 12), "this Java has the digits");
      Map<String, byte[]> other = written(locale);
      assertEquals(usual.keySet(), other.keySet());
      usual.forEach(
          (name, bytes) -> assertArrayEquals(bytes, other.get(name), locale + " " + name));
    }
  }
}
