package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;

class PhotoSummaryTest extends CommandFixture {
  @BeforeEach
  void models() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "other");
    TinyModels.photos(home.resolve("photos"), 5);
  }

  private int saliency(Object... more) {
    return command(SaliencyCommand::new, List.of("saliency", "--device=cpu", "--summary"), more);
  }

  @Test
  void photosAreSummarisedByGroupAndModel() throws IOException {
    Path out = home.resolve("out");
    Path photos = home.resolve("photos");
    int code =
        saliency(
            "--model=tiny,other",
            "--images=" + photos,
            "--method=gradient,deeplift",
            "--per-group=4",
            "--out=" + out);
    assertEquals(0, code, test.err());
    assertEquals(
        Set.of(
            ".lock",
            "photos.csv",
            "mean_profiles.csv",
            "edge_index.csv",
            "contrasts.csv",
            "mean_profiles.png",
            "mean_profiles.svg",
            "COLUMNS.md",
            "manifest.json"),
        Folders.names(out));
    List<CsvRow> each = Csv.rows(out.resolve("photos.csv"));
    assertEquals(2 * 2 * 2 * 4, each.size());
    List<CsvRow> edges = Csv.rows(out.resolve("edge_index.csv"));
    assertEquals(2 * 2 * 2, edges.size());
    CsvRow first = edges.get(0);
    double sum = 0;
    for (CsvRow row : each) {
      boolean same = true;
      for (String key : List.of("model", "group", "method")) {
        same &= row.text(key).equals(first.text(key));
      }
      sum += same ? row.number("edge_index") : 0;
    }
    assertEquals(sum / 4, first.number("edge_index"), 1e-12);
    // groups by model and method, models by group and method
    assertEquals(4 + 4, Csv.rows(out.resolve("contrasts.csv")).size());
    for (CsvRow row : Csv.rows(out.resolve("contrasts.csv"))) {
      if (row.text("paired").equals("1")) {
        assertEquals(0, row.number("delta_edge_index"), 1e-12, "the same weights");
      }
    }
    assertEquals(2, JsonFile.read(out.resolve("manifest.json")).path("models").size());
    assertTrue(test.out().contains("not_cat"), test.out());
  }

  /** As a process that was ended leaves it; without --summary, too. */
  @Test
  void anEndedCommandGoesOn() throws IOException {
    String photos = "--images=" + home.resolve("photos");
    Path whole = home.resolve("whole");
    assertEquals(0, saliency("--model=tiny,other", photos, "--method=gradient", "--out=" + whole));
    Path half = home.resolve("half");
    Folders.copy(whole, half);
    for (String later : List.of("mean_profiles.csv", "edge_index.csv", "mean_profiles.png")) {
      Files.delete(half.resolve(later));
    }
    List<String> rows = Files.readAllLines(whole.resolve("photos.csv"));
    Files.delete(half.resolve("photos.csv"));
    Files.writeString(
        half.resolve("photos.csv.partial"), String.join("\n", rows.subList(0, 8)) + "\n");
    Path manifest = half.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"done\"", "\"running\""));
    assertEquals(0, test.run(SaliencyCommand::new, "saliency", "--resume=" + half), test.err());
    assertTrue(test.out().contains("not_cat"), test.out());
    for (String name : Folders.names(whole)) {
      if (name.endsWith(".csv") || name.endsWith(".png")) {
        assertArrayEquals(
            Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(half.resolve(name)), name);
      }
    }
    assertEquals(0, saliency("--resume=" + half));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
    assertEquals(2, saliency("--resume=" + half, "--method=rise"));
    assertTrue(test.err().contains("leave out --method=rise"), test.err());
  }

  @Test
  void modelsThatAreAskedForClassesAreToldApart() {
    assertEquals(
        List.of("a@x=207,208:9", "b", "c@1,2"),
        SaliencyConfig.of("a@x=207,208:9,b,c@1,2", "white").models());
    assertEquals(List.of("a", "207"), SaliencyConfig.of("a,207", "white").models());
  }

  @Test
  void whatItCannotDoIsRefused() {
    String photos = home.resolve("photos").toString();
    assertEquals(2, saliency("--model=tiny", "--images", photos, "--faithfulness"));
    assertTrue(test.err().contains("--summary keeps no map to test"), test.err());
    assertEquals(2, saliency("--model=tiny", "--images", photos, "--toward=target"));
    assertTrue(test.err().contains("leave --toward out"), test.err());
    assertEquals(2, saliency("--model=tiny", "--images", photos, "--layout=photos-by-methods"));
    assertTrue(test.err().contains("leave --layout out"), test.err());
    assertEquals(1, saliency("--model=tiny,none", "--images", photos));
    assertTrue(test.err().contains("none"), test.err());
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedBeforeAnyMapIsMade() throws IOException {
    Path out = Files.createDirectories(home.resolve("kept"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertEquals(2, saliency("--model=none", "--images=" + home.resolve("photos"), "--out=" + out));
    assertTrue(test.err().contains("is not empty"), test.err());
    assertEquals(Set.of("mine.txt"), Folders.names(out));
  }
}
