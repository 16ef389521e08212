package org.whisker.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.explain.Explanation;
import org.whisker.explain.Finding;
import org.whisker.explain.ModelFindings;
import org.whisker.explain.PlantedClassifier;
import org.whisker.explain.PlantedProtocol;

/** Files and page of an explanation: a white model, one with a swap, one without. */
class ExplanationFilesTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  private static final int RUNS = 2;

  @TempDir static Path folder;
  private static Explanation e;
  private static String page;

  @BeforeAll
  static void write() throws IOException {
    e =
        PlantedProtocol.run(
            RUNS,
            PlantedProtocol.subject("white", PlantedClassifier.white()),
            PlantedProtocol.swapped(
                "edge&swap", PlantedClassifier.edge(), PlantedClassifier.centre()),
            PlantedProtocol.subject("anywhere", PlantedClassifier.random(3)));
    for (ModelFindings m : e.models()) {
      ExplanationFiles.model(folder, m);
    }
    ExplanationFiles.shared(folder, e);
    Map<String, String> provenance = Map.of("note", "<b>bold</b>");
    List<String> files = List.of("findings.csv", "edge_index.csv", "operators.csv");
    HtmlReport.write(folder, ExplanationPage.of(e, provenance, files));
    page = Files.readString(folder.resolve("index.html"));
  }

  private static int rows(String file) throws IOException {
    return Csv.read(folder.resolve(file)).rows().size();
  }

  @Test
  void everyTableReadsBack() throws IOException {
    List<Path> tables;
    try (Stream<Path> all = Files.walk(folder)) {
      tables = all.filter(f -> f.toString().endsWith(".csv")).toList();
    }
    for (Path table : tables) {
      CsvTable read = Csv.read(table);
      assertTrue(read.header().size() > 1, table::toString);
    }
    assertEquals(4 + 3 * (1 + RUNS * 2 + 3 + 2) + 2 * 2 + 1, tables.size(), tables::toString);
  }

  @Test
  void sharedTablesHaveARowAFinding() throws IOException {
    assertEquals(e.findings().size(), rows("findings.csv"));
    assertEquals(3, rows("edge_index.csv")); // the white model has none; all
    assertEquals(e.operators().edgeIndices().size(), rows("operators.csv"));
    CsvTable findings = Csv.read(folder.resolve("findings.csv"));
    int p = findings.header().indexOf("p_corrected");
    for (int i = 0; i < findings.rows().size(); i++) {
      assertEquals(
          e.findings().get(i).pCorrected(), Double.parseDouble(findings.rows().get(i).get(p)));
    }
  }

  @Test
  void modelTablesHaveARowARunBinOrPixel() throws IOException {
    for (ModelFindings m : e.models()) {
      String own = m.model().name() + "/";
      assertEquals(m.runs().size(), rows(own + "runs.csv"));
      for (int i = 0; i < m.runs().size(); i++) {
        String run = own + "runs/" + (i + 1) + "/";
        assertEquals(m.histories().get(i).size(), rows(run + "generations.csv"));
        assertEquals(m.runs().get(i).blackPixels(), rows(run + "best.csv"));
        assertTrue(Files.size(folder.resolve(run + "best.png")) > 0);
      }
      for (String map : List.of("frequency", "probe", "gradient")) {
        assertEquals(256, rows(own + map + ".csv"));
      }
      assertEquals(m.probeProfile().bins().size(), rows(own + "probe_profile.csv"));
      assertEquals(m.gradientProfile().bins().size(), rows(own + "gradient_profile.csv"));
    }
    assertEquals(4, rows("anywhere/density_profile.csv"));
    assertEquals(2 * RUNS, rows("edge&swap/padding.csv"));
    assertFalse(Files.exists(folder.resolve("white/density.csv")));
    assertFalse(Files.exists(folder.resolve("anywhere/padding.csv")));
  }

  @Test
  void theDensityIsAMatrix() throws IOException {
    NpyArray density = Npy.read(folder.resolve("edge&swap/density.npy"));
    assertEquals(16, density.rows());
    assertEquals(16, density.columns());
    assertArrayEquals(
        e.models().get(1).heatmap().density().orElseThrow().values(), density.values());
    List<String> last = Csv.read(folder.resolve("edge&swap/density.csv")).rows().get(17);
    assertEquals(List.of("1", "1"), last.subList(0, 2));
    assertEquals(density.get(1, 1), Double.parseDouble(last.get(2)));
  }

  @Test
  void thePageNamesModelsAndVerdictsEscaped() {
    assertTrue(page.contains("edge&amp;swap") && page.contains("anywhere"));
    assertFalse(page.contains("edge&swap"), "a name is not escaped");
    assertTrue(page.contains("<title>Where evolved cats put their pixels"));
    assertTrue(page.contains("&lt;b&gt;bold&lt;/b&gt;"));
    assertFalse(page.contains("<b>bold"));
    for (Finding f : e.findings()) {
      assertTrue(page.contains(f.hypothesis().id()), f::toString);
    }
  }

  @Test
  void everyLinkedFileIsThere() {
    int tables = 0;
    Matcher links = LINK.matcher(page);
    while (links.find()) {
      String link = links.group(1).replace("&amp;", "&");
      assertFalse(link.startsWith("http") || link.startsWith("//"), link);
      if (link.endsWith(".csv")) {
        Path file = folder.resolve(URLDecoder.decode(link, StandardCharsets.UTF_8));
        assertTrue(Files.isRegularFile(file), link);
        tables++;
      }
    }
    assertTrue(tables >= 10, tables + " links");
  }
}
