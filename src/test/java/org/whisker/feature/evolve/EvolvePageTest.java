package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class EvolvePageTest {
  @TempDir Path folder;

  @BeforeEach
  void sample() throws IOException {
    SampleEvolution.write(folder);
  }

  private String page() throws Exception {
    EvolvePage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
    return page;
  }

  private static List<String> headings(String page) {
    return Pattern.compile(
            "<section id=[^>]*>\\s*(?:<p class=\"name\">[^<]*</p>\\s*)?<h2>([^<]*)</h2>")
        .matcher(page)
        .results()
        .map((MatchResult m) -> m.group(1))
        .toList();
  }

  @Test
  void itShowsImagesClimbReplayAndMap() throws Exception {
    String page = page();
    assertEquals(
        List.of(
            "Run 2 reached p(target) 0.68 with 5 pixels by generation 12",
            "The final images have 5 pixels on average",
            "The fittest image changed 7 times a run",
            "Pixels lie at E = 0.69 on average; ½ is chance, 0 the border",
            "1 of 3 runs failed",
            "How this was made"),
        headings(page));
    assertTrue(
        page.contains("1 of 3 runs reaches p(target)\u00a0½; the highest p(target) is 0.680"));
    assertTrue(page.contains("3 runs for model-&lt;a&gt;"));
    assertTrue(page.contains("failed: out of memory"));
    assertTrue(page.contains("<option>run 2</option><option>run 1</option>"), "best first");
    assertTrue(page.contains("href=\"./runs/1/best-history.csv\""));
  }

  @Test
  void itSaysWherePTargetIsThatOfAnotherPrecision() throws Exception {
    String said = "p(target) is that of the search, in bfloat16";
    assertFalse(page().contains(said));
    Path manifest = folder.resolve("manifest.json");
    String before = Files.readString(manifest);
    Files.writeString(manifest, before.replaceFirst("\\{", "{\"precision\": \"bfloat16\","));
    assertTrue(page().contains(said));
  }

  @Test
  void theSameFolderGivesTheSamePage() throws Exception {
    page();
    byte[] first = Files.readAllBytes(folder.resolve("index.html"));
    page();
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("index.html")));
  }

  /** Earlier versions wrote no history; a run's folder may be gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs/2/best-history.csv",
        "runs/2/generations.csv",
        "runs/2/best.png",
        "runs/2/best.csv"
      })
  void aMissingTableIsNoError(String file) throws Exception {
    Files.delete(folder.resolve(file));
    String page = page();
    assertFalse(page.contains("href=\"./" + file + "\""));
    assertTrue(
        headings(page).get(0).startsWith("Run 1 reached p(target) 0.44"), headings(page) + "");
  }

  @Test
  void aBrokenTableIsNamedAndNoPageWritten() throws Exception {
    Path broken = folder.resolve("runs/1/best.csv");
    Files.writeString(broken, "x,y\n99,0\n");
    IOException e = assertThrows(IOException.class, () -> EvolvePage.write(folder));
    assertTrue(String.valueOf(e.getMessage()).startsWith(broken.toString()), e.toString());
    assertFalse(Files.exists(folder.resolve("index.html")));
  }

  @Test
  void onlyAnExperimentOfEvolveHasOne() throws Exception {
    assertTrue(EvolvePage.isFor(folder));
    Files.writeString(folder.resolve("manifest.json"), "{\"command\": \"ablate\"}");
    assertFalse(EvolvePage.isFor(folder));
    assertFalse(EvolvePage.isFor(folder.resolve("runs")));
  }
}
