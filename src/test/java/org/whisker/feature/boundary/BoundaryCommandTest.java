package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.FolderCharts;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;

class BoundaryCommandTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(TinyModels.SIDE);

  private Path image = Path.of("");
  private Path photo = Path.of("");

  @BeforeEach
  void environment() throws IOException {
    TinyModels.save(home, "tiny");
    image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(CANVAS, 40, 41, 500, 700, 900));
    photo = home.resolve("photo.png");
    ImageFiles.writePng(photo, TinyModels.picture(40, 36, 0.5, 3));
  }

  private int boundary(Object... more) {
    return command(
        BoundaryCommand::new, List.of("boundary", "--model=tiny", "--device=cpu", "--quiet"), more);
  }

  private static List<CsvRow> of(Path out, String order) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    for (CsvRow row : Csv.rows(out.resolve("path.csv"))) {
      if (row.text("order").equals(order)) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void itsTablesAsJson() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, boundary("--from=white", "--to", image, "--out", out, "--json"), test.err());
    JsonNode said = new ObjectMapper().readTree(test.out());
    assertEquals(Csv.rows(out.resolve("crossings.csv")).size(), said.path("crossings").size());
    assertEquals(out.toString(), said.path("folder").asText());
  }

  @Test
  void allPathsOfAnImage() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, boundary("--from=white", "--to", image, "--out", out), test.err());
    assertEquals("", test.err());
    Set<String> expected =
        new TreeSet<>(List.of("path.csv", "crossings.csv", "pixels.csv", "band.csv"));
    expected.addAll(List.of("logit-band.csv", "ends.npy", "COLUMNS.md", "index.html"));
    expected.addAll(
        List.of("pixel-paths.png", "straight.png", "filmstrip.png", "manifest.json", ".lock"));
    expected.addAll(List.of("pixel-paths.svg", "straight.svg", "filmstrip.svg"));
    assertEquals(expected, Folders.names(out));
    assertEquals(6, of(out, "best-first").size());
    assertEquals(20 * 6, of(out, "random").size());
    assertEquals(101, of(out, "straight").size());
    assertEquals(4 * 5, Csv.rows(out.resolve("pixels.csv")).size());
    assertEquals(6, Csv.rows(out.resolve("band.csv")).size());
    double start = of(out, "best-first").get(0).number("logit");
    double end = of(out, "best-first").get(5).number("logit");
    for (String order : List.of("worst-first", "outward-in", "inward-out", "straight")) {
      List<CsvRow> rows = of(out, order);
      assertEquals(start, rows.get(0).number("logit"), 1e-5);
      assertEquals(end, rows.get(rows.size() - 1).number("logit"), 1e-5);
    }
    // the first step of best-first is the best of all five
    double sign = Math.signum(end - start);
    double best = of(out, "best-first").get(1).number("logit") * sign;
    for (CsvRow row : of(out, "random")) {
      assertTrue(row.number("position") != 1 || row.number("logit") * sign <= best + 1e-5);
    }
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals(5, manifest.path("differing_pixels").asInt());
    assertEquals(1, manifest.path("block").asInt());
    assertEquals(1e-4, manifest.path("tolerance_t").asDouble());
    assertFalse(manifest.path("to").path("resized").asBoolean());
  }

  @Test
  void photosGoInBlocks() throws IOException {
    Path out = home.resolve("out");
    int code = boundary("--from", photo, "--to=white", "--out", out, "--steps=30", "--random=2");
    assertEquals(0, code, test.err());
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals(35, manifest.path("block").asInt()); // of 1024 pixels
    assertEquals("by gradient alone", manifest.path("greedy_choice").asText());
    assertTrue(manifest.path("from").path("resized").asBoolean());
    assertEquals(31, of(out, "best-first").size());
    assertTrue(test.out().contains("changed in blocks of 35"), test.out());
  }

  @Test
  void theSeedGivesTheSameFiles() throws IOException {
    for (String out : List.of("one", "two", "other")) {
      Object seed = out.equals("other") ? "--seed=2" : "--seed=1";
      int code =
          boundary("--from=white", "--to", image, seed, "--random=3", "--out", home.resolve(out));
      assertEquals(0, code, test.err());
    }
    String one = Files.readString(home.resolve("one/path.csv"));
    assertEquals(one, Files.readString(home.resolve("two/path.csv")));
    assertFalse(one.equals(Files.readString(home.resolve("other/path.csv"))));
  }

  @Test
  void onlyWhatIsAskedFor() throws IOException {
    Path out = home.resolve("out");
    int code = boundary("--from=white", "--to", image, "--out", out, "--orders=straight");
    assertEquals(0, code, test.err());
    assertEquals(
        Set.of(
            "path.csv",
            "crossings.csv",
            "pixels.csv",
            "ends.npy",
            "straight.png",
            "straight.svg",
            "filmstrip.png",
            "filmstrip.svg",
            "COLUMNS.md",
            "index.html",
            "manifest.json",
            ".lock"),
        Folders.names(out));
  }

  @ParameterizedTest
  @CsvSource({
    "--steps=0, 'steps must be at least 1, was 0'",
    "--random=0, 'random orders must be at least 1, was 0'",
    "--candidates=0, 'candidates must be at least 1, was 0'",
    "--tolerance=0, 'tolerance is above 0 and at most 1, was 0.0'",
    "--orders=best, 'random or straight, was ''best'''",
    "--precision=x, 'was ''x'''"
  })
  void impossibleOptions(String option, String complaint) {
    assertEquals(2, boundary("--from=white", "--to", image, option));
    refused(complaint);
  }

  private void refused(String complaint) {
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(complaint), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @Test
  void bothEndsAreNeeded() {
    assertEquals(2, boundary("--from=white"));
    refused("Missing required option: '--to'");
  }

  @Test
  void theSamePictureTwice() {
    assertEquals(2, boundary("--from", image, "--to", image));
    refused("are the same picture");
  }

  @Test
  void whatIsNotThere() {
    assertEquals(1, boundary("--from=white", "--to=none.png"));
    refused("--to none.png does not exist");
  }

  @Test
  void aFolderOfSeveralImages() {
    assertEquals(2, boundary("--from=white", "--to", home));
    refused("has 2 images; name one of them");
  }

  @Test
  void whatIsNoImage() throws IOException {
    Path text = home.resolve("text.png");
    Files.writeString(text, "no image");
    assertEquals(1, boundary("--from=white", "--to", text));
    refused("text.png");
  }

  @Test
  void theCommandsBelowAreListed() {
    assertEquals(0, test.run(BoundaryCommand::new, "boundary", "--help"));
    for (String command : List.of("margins", "transfer")) {
      assertTrue(test.out().contains("\n  " + command), test.out());
    }
  }

  @Test
  void chartsDrawsTheFilmstripAgainWithoutTheImages() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, boundary("--from=white", "--to", image, "--out", out), test.err());
    Path chart = out.resolve("filmstrip.png");
    byte[] drawn = Files.readAllBytes(chart);
    Files.delete(chart);
    Files.delete(image);
    FolderCharts.draw(out);
    assertArrayEquals(drawn, Files.readAllBytes(chart));
  }
}
