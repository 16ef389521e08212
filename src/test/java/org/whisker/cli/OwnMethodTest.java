package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.saliency.SaliencyMethod;

/**
 * A saliency method is one file, {@code examples/Deviation.java}, and one line, which names it on
 * the class path: then it is listed, applied and shown as any other.
 */
class OwnMethodTest {
  @TempDir Path home;
  @TempDir Path registry;

  @Test
  void oneFileAndOneLineAreListedAndApplied() throws IOException, InterruptedException {
    Path line = registry.resolve("META-INF/services/" + SaliencyMethod.class.getName());
    Files.createDirectories(line.getParent());
    Files.writeString(line, "Deviation\n");

    String list = OtherClassPath.whisker(home, registry, "saliency", "--method=list");
    assertTrue(list.contains("gradient-x-deviation "), list);

    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    OtherClassPath.whisker(
        home,
        registry,
        "saliency",
        "--model=tiny",
        "--device=cpu",
        "--image=white",
        "--method=gradient-x-deviation,smooth-gradient-x-deviation",
        "--out=" + out);
    List<CsvRow> rows = Csv.rows(out.resolve("summary.csv"));
    assertEquals(
        List.of("gradient-x-deviation", "smooth-gradient-x-deviation"),
        List.of(rows.get(0).text("method"), rows.get(1).text("method")));
    assertTrue(Files.exists(out.resolve("images/white/gradient-x-deviation.npy")));
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("Map of white by gradient-x-deviation"), page);
  }

  @Test
  void theRecipeNamesFilesThatExist() throws IOException {
    String text = Files.readString(Path.of("CONTRIBUTING.md"));
    String recipe =
        text.substring(text.indexOf("### A saliency method"), text.indexOf("### A command"));
    Matcher files = Pattern.compile("`((?:src|examples)/[^`]+)`").matcher(recipe);
    int count = 0;
    while (files.find()) {
      assertTrue(Files.exists(Path.of(files.group(1))), files.group(1));
      count++;
    }
    assertEquals(9, count);
  }
}
