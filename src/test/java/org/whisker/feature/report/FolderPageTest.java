package org.whisker.feature.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.io.Manifest;

class FolderPageTest {
  private static final String CHART =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><metadata><a/></metadata>"
          + "<rect width=\"9\" height=\"9\"/></svg>";

  @TempDir Path folder;

  @BeforeEach
  void results() throws IOException {
    Manifest.write(
        folder,
        Map.of(
            "command",
            "boundary margins",
            "model",
            Map.of("name", "tiny"),
            "arguments",
            List.of("--seed=3")));
    Files.writeString(folder.resolve("margins.csv"), "image,margin\na,0.123456789\n");
    Files.writeString(folder.resolve("margins.svg"), CHART);
    Path own = Files.createDirectories(folder.resolve("images/a"));
    Files.writeString(own.resolve("steps.svg"), CHART);
  }

  @Test
  void chartsAndSmallTablesStandOnOnePage() throws IOException {
    assertTrue(FolderPage.isFor(folder));
    FolderPage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.contains("The decision boundary: tiny"));
    assertTrue(page.contains("whisker boundary margins --seed=3"));
    assertTrue(page.contains("Chart: Margins") && page.contains("Chart: Steps"));
    assertTrue(page.contains("images/a</h2>") && page.contains("href=\"./margins.csv\""));
    assertTrue(page.contains("0.1235") && !page.contains("0.123456789"));
    assertFalse(page.contains("<metadata>"));
  }

  @Test
  void whatAChartShowsIsSaidBelowIt() throws IOException {
    Files.writeString(folder.resolve("density_profile.svg"), CHART);
    Files.writeString(folder.resolve("density.svg"), CHART);
    FolderPage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.contains("The density of black pixels from the border to the centre; 1 is"));
    assertTrue(page.contains("The density of black pixels at each place, as a multiple"));
  }

  /** A file's name such as log_ratio says nothing of what is drawn. */
  @Test
  void noChartOfAHeatmapIsNamedAlone() throws IOException {
    for (String name :
        List.of("frequency", "log_ratio", "sides", "residues", "all_generations", "contribution")) {
      Files.writeString(folder.resolve(name + ".svg"), CHART);
    }
    FolderPage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    for (String name : List.of("Frequency.", "Log ratio.", "Sides.", "Residues.")) {
      assertFalse(page.contains(name), name);
    }
    assertTrue(page.contains("The share of final images in which each pixel is black"), page);
  }

  @Test
  void aLinkNamesTheFolder(@TempDir Path elsewhere) throws IOException {
    FolderPage.write(Files.createSymbolicLink(elsewhere.resolve("latest"), folder));
    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.contains("Chart: Margins") && page.contains("Chart: Steps"));
  }

  @Test
  void aFolderWithAPageOfItsOwnIsAnothers() throws IOException {
    Manifest.write(folder, Map.of("command", "evolve"));
    assertFalse(FolderPage.isFor(folder));
  }

  @Test
  void aChartThatIsNoneIsOneLine() throws IOException {
    Files.writeString(folder.resolve("margins.svg"), "<svg><script/></svg>");
    IOException e = assertThrows(IOException.class, () -> FolderPage.write(folder));
    assertEquals(1, String.valueOf(e.getMessage()).lines().count());
  }

  @Test
  void whatIsHiddenIsNotDrawn() throws IOException {
    Files.writeString(folder.resolve("images/a/.svg"), CHART);
    Files.writeString(folder.resolve("images/a/.steps.csv"), "a\n1\n");
    FolderPage.write(folder);
    assertFalse(Files.readString(folder.resolve("index.html")).contains("images/a/."));
  }
}
