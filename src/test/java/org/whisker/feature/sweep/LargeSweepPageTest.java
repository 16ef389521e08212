package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.sweep.OptionEffects.OptionEffectRow;
import org.whisker.feature.sweep.OptionEffects.OptionRow;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.feature.sweep.SweepCollector.ExperimentRow;
import org.whisker.feature.sweep.SweepCollector.UnfinishedRow;
import org.whisker.io.Manifest;
import org.whisker.page.SampleFolder;
import org.whisker.page.Section;
import org.whisker.random.SplitMix64;

/** A page stays one that a browser opens, however many settings a sweep has. */
class LargeSweepPageTest {
  private static final int SETTINGS = Integer.getInteger("whisker.settings", 5_000);
  private static final long MOST_BYTES = 3_000_000;
  private static final List<String> CROSSOVERS = List.of("columns", "rectangle", "pixel-list");

  @TempDir private Path folder;

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  private static SettingRow setting(String group, double p) {
    OptionalDouble none = OptionalDouble.empty();
    boolean cats = p >= 0.5;
    return new SettingRow(
        group,
        "vgg16-mini",
        3,
        0,
        cats ? 3 : 0,
        of(cats ? 1 : 0),
        of(0),
        of(1),
        of(p),
        of(p),
        of(p),
        cats ? of(p / 2) : none,
        cats ? of(0.1) : none,
        cats ? of(0.9) : none,
        of(100 * p),
        of(5_000));
  }

  private String page(int settings) throws IOException {
    List<SettingRow> rows = new ArrayList<>();
    List<OptionRow> options = new ArrayList<>();
    List<UnfinishedRow> unfinished = new ArrayList<>();
    SplitMix64 random = SplitMix64.stream(1, "large", 0);
    for (int i = 0; i < settings; i++) {
      String group = "evolve-" + (i + 1);
      double lambda = Math.pow(10, -4 + 3 * random.nextDouble());
      rows.add(setting(group, Math.min(1, random.nextDouble() * (0.5 - Math.log10(lambda) / 8))));
      options.add(new OptionRow(group, "lambda", Double.toString(lambda)));
      options.add(new OptionRow(group, "population", "" + (20 + random.nextInt(180))));
      options.add(new OptionRow(group, "mutation-probability", "" + random.nextDouble()));
      options.add(new OptionRow(group, "crossover", CROSSOVERS.get(i % CROSSOVERS.size())));
      unfinished.add(new UnfinishedRow("k" + i, "missing", group, "what", 4, ""));
    }
    SettingRow.TABLE.writeIn(folder, rows);
    OptionRow.TABLE.writeIn(folder, options);
    UnfinishedRow.TABLE.writeIn(folder, unfinished);
    ExperimentRow.TABLE.writeIn(folder, List.of());
    OptionEffectRow.TABLE.writeIn(folder, List.of());
    Manifest.write(folder, Map.of());
    long bytes = SweepPage.write(folder);
    assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    return Files.readString(folder.resolve("index.html"));
  }

  private static int points(String page) {
    return (int) Pattern.compile("<ellipse").matcher(page).results().count();
  }

  @Test
  void pointsOfManySettingsAreDrawnAtRandom() throws IOException {
    String page = page(SETTINGS);
    assertTrue(page.contains("A plot shows at most 1,000 of its settings, drawn at random"), page);
    assertTrue(page.contains("the first 20 rows of"), page);
    // two outcomes of four options
    int points = points(page);
    assertTrue(points > 4 * SettingSections.MOST_POINTS, "" + points);
    assertTrue(points <= 8 * SettingSections.MOST_POINTS + 20, "" + points);
  }

  @Test
  void verdictsAreNotSaidTwice() throws IOException {
    SampleFolder.write(folder.resolve("ablate-1"), "model-a");
    Section section = SweepPage.ablation(folder, "ablate-1");
    List<List<String>> rows = section.tables().get(0).rows();
    assertTrue(rows.stream().anyMatch(row -> row.get(2).equals("a cause")), rows.toString());
    for (List<String> row : rows) {
      assertFalse(row.get(3).startsWith(row.get(2)), row.toString());
    }
  }

  /** Pages are written into the folders of configurations, which a table names. */
  @Test
  void noPageIsWrittenElsewhere() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    SampleFolder.write(elsewhere, "model-a");
    folder = Files.createDirectory(folder.resolve("collected"));
    page(1);
    ExperimentRow.TABLE.writeIn(
        folder, List.of(new ExperimentRow("../elsewhere", "geometry", "model-a", 1, 1)));
    IOException e = assertThrows(IOException.class, () -> SweepPage.write(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("'../elsewhere'"), e.getMessage());
    assertFalse(Files.exists(elsewhere.resolve("index.html")));
  }

  @Test
  void fewSettingsAreAllDrawn() throws IOException {
    String page = page(200);
    assertEquals(-1, page.indexOf("drawn at random"));
    assertTrue(points(page) >= 4 * 200, "" + points(page));
  }
}
