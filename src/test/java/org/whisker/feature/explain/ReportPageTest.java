package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.io.Manifest;
import org.whisker.page.SampleFolder;
import org.xml.sax.InputSource;

class ReportPageTest {
  @TempDir Path folder;

  private String page() throws IOException {
    ReportPage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    try {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(page)));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
    return page;
  }

  private static List<String> sections(String page) {
    List<String> ids = new ArrayList<>();
    Pattern.compile("<section id=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .forEach(m -> ids.add(m.group(1)));
    return ids;
  }

  @Test
  void moreFindingsThanOfAnyPlanAreRefused() throws IOException {
    SampleFolder.write(folder, "model-a");
    Path findings = folder.resolve("findings.csv");
    List<String> lines = Files.readAllLines(findings);
    Files.write(findings, Collections.nCopies(1_501, lines.get(1)), StandardOpenOption.APPEND);
    String said = String.valueOf(assertThrows(IOException.class, this::page).getMessage());
    assertTrue(said.contains("more than the 1,500 of a report"), said);
  }

  @Test
  void everyPartHasItsPlace() throws IOException {
    SampleFolder.write(folder, "model-a", "model-b");
    assertEquals(
        List.of(
            "verdicts",
            "models",
            "cats",
            "positions",
            "pixel",
            "hypothesis-geometry",
            "hypothesis-founders",
            "hypothesis-safe-harbour",
            "hypothesis-padding",
            "hypothesis-location-tied",
            "others",
            "families",
            "methods",
            "provenance"),
        sections(page()));
  }

  @Test
  void everyTableOfTheFolderIsLinked() throws IOException {
    SampleFolder.write(folder, "model-a", "model-b");
    String page = page();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
        String link = "href=\"./" + folder.relativize(file) + "\"";
        assertTrue(page.contains(link), link);
      }
    }
  }

  /** A table is somebody's file: what can't be drawn, or leads elsewhere, is one line. */
  @ParameterizedTest
  @CsvSource({
    "findings.csv, nothing, 1e20, no axis",
    "findings.csv, p_corrected, NaN, p_corrected is NaN",
    "findings.csv, p_corrected, 1e20, p_corrected is 1.0E20",
    "findings.csv, bias_change, 1e20, 'bias_change is \"1e20\", which is none of its values'",
    "findings.csv, model, ../../elsewhere, '../../elsewhere' is no name of a model",
    "findings.csv, model, .., '..' is no name of a model",
    "findings.csv, experiment, ../../elsewhere, '../../elsewhere' is no name of an experiment",
    "model-a/density.csv, relative_density, NaN, can't be drawn",
  })
  void valuesThatCannotBe(String table, String column, String value, String said)
      throws IOException {
    SampleFolder.write(folder, "model-a");
    Path file = folder.resolve(table);
    CsvTable before = Csv.read(file);
    int at = before.header().indexOf(column);
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : before.rows()) {
      List<String> changed = new ArrayList<>(row);
      changed.set(at, value);
      rows.add(changed);
    }
    Csv.write(file, new CsvTable(before.header(), rows));
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> ReportPage.write(folder)).getMessage());
    assertTrue(message.startsWith(folder.toString()) && message.contains(said), message);
    assertEquals(1, message.lines().count(), message);
    assertFalse(Files.exists(folder.resolve("index.html")));
  }

  @Test
  void theSameFolderGivesTheSamePage() throws IOException {
    SampleFolder.write(folder, "model-a");
    page();
    byte[] first = Files.readAllBytes(folder.resolve("index.html"));
    page();
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("index.html")));
  }

  @Test
  void whatWasNotTestedIsGreyAndClaimsNothing() throws IOException {
    SampleFolder.write(folder, "model-a");
    String page = page();
    assertTrue(page.contains("class=\"greyed\""));
    assertTrue(page.contains("needs &lt;photos&gt;"), "its reason, escaped");
    assertFalse(page.contains("hypothesis-head"));
    assertTrue(
        page.contains(
            "Not tested in this report: uniformity, sides, barrier, landscape, place-parts"));
    assertFalse(page.contains("fully connected head ties"));
  }

  @Test
  void whatWasDoneWithoutAVerdictIsNotCalledUntested() throws IOException {
    SampleFolder.write(folder, "model-a");
    Files.createDirectories(folder.resolve("model-a/landscape"));
    Files.writeString(
        folder.resolve("model-a/landscape/withheld.csv"), "comparison,reason\nscores,no map\n");
    String page = page();
    assertTrue(sections(page).contains("hypothesis-landscape"));
    assertTrue(page.contains("<p>model-a: no verdict: needs &lt;photos&gt;.</p>"));
    assertFalse(page.contains("model-a: not tested"));
    assertTrue(page.contains("No verdict in this report: landscape."));
    assertTrue(page.contains("Not tested in this report: uniformity, sides, barrier, place-parts"));
    assertTrue(page.contains("No verdict (<a href=\"#verdicts\">why</a>): "));
    assertTrue(page.contains("<dd>no verdict: needs &lt;photos&gt;</dd>"));
  }

  /** A line may break between any two words, but not between a statistic and its number. */
  @Test
  void aStatisticStaysWithItsNumber() throws IOException {
    SampleFolder.write(folder, "model-a");
    String page = page();
    assertTrue(page.contains("\u00a0=\u00a0\u2212"), page);
    assertFalse(Pattern.compile("\\(\u0394?E[^=(]* [\u2212\\d]").matcher(page).find());
  }

  @Test
  void undecidedSaysHowManyRunsAndWhatGrowsSaysSo() throws IOException {
    SampleFolder.write(folder, "model-a");
    String page = page();
    assertTrue(page.contains("these 10 runs are inconclusive; about 45 would be needed"));
    assertTrue(page.contains("The edge bias grows by 26\u00a0%."));
    assertTrue(page.contains("95\u00a0% of the edge bias is removed."));
  }

  @Test
  void everyTestedHypothesisDrawsWhatDecidesItFirst() throws IOException {
    SampleFolder.write(folder, "model-a", "model-b");
    String page = page();
    for (String id : sections(page)) {
      if (id.startsWith("hypothesis-")) {
        String section = page.substring(page.indexOf("<section id=\"" + id + "\""));
        String first = section.substring(section.indexOf("aria-label=\"") + 12);
        assertTrue(first.startsWith("The comparison that decides"), id + ": " + first.charAt(0));
      }
    }
  }

  /** Each clause of the answer leads to its figure and to its table. */
  @Test
  void clausesLeadToTheirFigureAndTable() throws IOException {
    SampleFolder.write(folder, "model-a");
    String page = page();
    int answer = page.indexOf("<ul class=\"why\">");
    String links = page.substring(answer, page.indexOf("</ul>", answer));
    assertTrue(links.contains("<a href=\"#hypothesis-geometry-figure\""), links);
    assertFalse(links.contains("<a href=\"#hypothesis-geometry\""), links);
    Matcher hrefs = Pattern.compile("href=\"#([^\"]+)\"").matcher(links);
    int count = 0;
    while (hrefs.find()) {
      assertTrue(page.contains("<span id=\"" + hrefs.group(1) + "\""), hrefs.group(1));
      count++;
    }
    assertTrue(count > 0);
  }

  @Test
  void hashesAndWhatWasNotSetAreFoldedAway() throws IOException {
    SampleFolder.write(folder, "model-a");
    Manifest.write(
        folder, Map.of("seed", 17, "data", "null", "sha256", "0123456789abcdef".repeat(4)));
    String page = page();
    int fold = page.indexOf("Hashes, and settings that were not set");
    assertTrue(fold > page.indexOf("<dt>seed</dt>") && fold < page.indexOf("<dt>data</dt>"));
    assertTrue(fold < page.indexOf("<dt>sha256</dt>"));
  }

  @Test
  void aFolderWithoutAPixelHasAPage() throws IOException {
    SampleFolder.writeWhite(folder, "model-a");
    String page = page();
    assertEquals(List.of("verdicts", "methods", "provenance"), sections(page));
    assertTrue(page.contains("None of 1 runs reaches p(target)\u00a0½"));
    assertTrue(page.contains("was not tested (all runs are white)"));
  }

  /** Each table may be missing: then its section is, and nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "models.csv",
        "summary.csv",
        "skipped.csv",
        "model-a/climb.csv",
        "model-a/density.csv",
        "model-a/probe.csv",
        "model-a/geometry/arms.csv",
        "model-a/padding/arms.csv",
        "model-a/padding/images.csv",
        "model-a/safe-harbour/rings.csv",
        "model-a/runs/2/best.csv",
        "model-a/runs/2/best-history.csv",
        "compare/profiles.csv",
        "compare/measures.csv"
      })
  void aMissingTableIsNoError(String file) throws IOException {
    if (file.startsWith("compare")) {
      SampleFolder.write(folder, "model-a", "model-b");
    } else {
      SampleFolder.write(folder, "model-a");
    }
    Files.delete(folder.resolve(file));
    assertFalse(page().contains("href=\"./" + file + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models.csv",
        "summary.csv",
        "model-a/climb.csv",
        "model-a/density.csv",
        "model-a/padding/arms.csv",
        "model-a/padding/images.csv",
        "model-a/runs/2/best.csv",
        "model-a/runs/2/best-history.csv"
      })
  void aBrokenTableIsNamedAndNoPageWritten(String file) throws IOException {
    SampleFolder.write(folder, "model-a");
    Files.writeString(folder.resolve(file), "nonsense,z\n1,2\n");
    IOException e = assertThrows(IOException.class, () -> ReportPage.write(folder));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(folder.resolve(file).toString()), message);
    assertEquals(1, message.lines().count());
    assertFalse(Files.exists(folder.resolve("index.html")));
  }

  @Test
  void pixelsOffTheCanvasAreNamed() throws IOException {
    SampleFolder.write(folder, "model-a");
    Path best = folder.resolve("model-a/runs/1/best.csv");
    Files.writeString(best, "x,y\n16,0\n");
    IOException e = assertThrows(IOException.class, () -> ReportPage.write(folder));
    assertEquals(best + ":2: pixel (16, 0) is not on a canvas of 16x16", e.getMessage());
  }

  @Test
  void aFolderOfSomethingElseIsNamed() throws IOException {
    complaint(folder.resolve("no"), "is not a folder");
    complaint(folder, "has no manifest.json");
    Files.writeString(folder.resolve("manifest.json"), "{");
    complaint(folder, "has no findings.csv");
    Manifest.write(folder, Map.of());
    Files.writeString(folder.resolve("findings.csv"), "hypothesis\n");
    complaint(folder, "has no row");
    SampleFolder.write(folder, "model-a");
    Files.writeString(folder.resolve("manifest.json"), "{");
    complaint(folder, "is not valid JSON");
    Files.writeString(folder.resolve("manifest.json"), "[]");
    complaint(folder, "is not a JSON object");
  }

  private static void complaint(Path path, String expected) {
    IOException e = assertThrows(IOException.class, () -> ReportPage.write(path));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(path.toString()) && message.contains(expected), message);
    assertEquals(1, message.lines().count(), message);
  }

  /** The files of a run are read once, however many rows name it. */
  @Test
  void aRunThatIsNamedAgainIsShownOnce() throws IOException {
    SampleFolder.write(folder, "model-a");
    long shown = Pattern.compile("Evolved on model-a").matcher(page()).results().count();
    assertTrue(shown > 0);
    Path file = folder.resolve(CatsSection.file("model-a"));
    CsvTable table = Csv.read(file);
    List<List<String>> rows = new ArrayList<>(table.rows());
    rows.addAll(table.rows());
    Csv.write(file, new CsvTable(table.header(), rows));
    assertEquals(shown, Pattern.compile("Evolved on model-a").matcher(page()).results().count());
  }
}
