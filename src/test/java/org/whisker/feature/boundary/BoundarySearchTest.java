package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.ExitCode;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.image.Threshold;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.random.SplitMix64;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/** The commands below {@code boundary} that search: minimal and counterfactual. */
class BoundarySearchTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(TinyModels.SIDE);

  /** {@link #black}: more cat than white for the tiny model, and so is half of it. */
  private static final int DARK = 60;

  /** Where what a search finds is not the point. */
  private static final int FEW = 200;

  private static final Map<String, Classifier> OPENED = new TreeMap<>();

  private double white;
  private double dark;
  private String model = "tiny";

  @BeforeEach
  void environment() throws IOException {
    TinyModels.save(home, "tiny");
    ImageFiles.writePng(file("dark.png"), black(DARK));
    ImageFiles.writePng(file("gray.png"), TinyModels.picture(32, 32, 0.4, 3));
    white = probability(BlackPixels.none(CANVAS));
    dark = probability(black(DARK));
  }

  private static BlackPixels black(int count) {
    SplitMix64 random = SplitMix64.stream(5, "black", 0);
    BlackPixels black = BlackPixels.none(CANVAS);
    while (black.count() < count) {
      black = black.with(random.nextInt(CANVAS.pixels()));
    }
    return black;
  }

  /** White is no cat for this one, dark is; gray is, too, until it is black and white. */
  private void turnable() throws IOException {
    model = "turnable";
    TinyModels.save(home, model, 21);
    dark = probability(black(DARK));
  }

  /** Each test's copy of a network is the same, so each is opened once. */
  private double probability(Raster picture) throws IOException {
    Classifier classifier = OPENED.get(model);
    if (classifier == null) {
      TorchClassifier.Settings settings =
          new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.parse("cpu"), 10);
      classifier = Classifiers.open(new ModelStore(home.resolve("models")).open(model), settings);
      OPENED.put(model, classifier);
    }
    return Classifier.catProbability(classifier.logits(List.of(picture))[0]);
  }

  @AfterAll
  static void close() {
    OPENED.values().forEach(Classifier::close);
    OPENED.clear();
  }

  private Path file(String name) {
    return home.resolve(name);
  }

  private int boundary(String command, Object... more) {
    return command(
        BoundaryCommand::new,
        List.of("boundary", command, "--model=" + model, "--device=cpu"),
        more);
  }

  private int minimal(String out, Object... more) {
    return minimal(1500, out, more);
  }

  private int minimal(int evaluations, String out, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "--target=0.8,0.9", "--evaluations=" + evaluations, "--max-flips=80", "--runs=1"));
    all.addAll(List.of(more));
    all.add((Files.exists(file(out)) ? "--resume=" : "--out=") + file(out));
    return boundary("minimal", all.toArray());
  }

  @Test
  void attack() throws IOException {
    int code =
        boundary(
            "attack",
            file("dark.png"),
            file("gray.png"),
            "white",
            "--steps=30",
            "--max-flips=40",
            "--evaluations=20",
            "--quiet",
            "--out=" + file("a"));
    assertEquals(0, code, test.err());
    List<CsvRow> rows = Csv.rows(file("a").resolve("attacks.csv"));
    assertEquals(3 * 5, rows.size());
    int found = 0;
    for (CsvRow row : rows) {
      boolean cat = row.number("p_target") >= 0.5;
      assertEquals(cat ? "target" : "not-target", row.text("side"));
      if (row.text("status").equals("found")) {
        found++;
        assertEquals(!cat, row.number("p_target_after") >= 0.5, row.text("search"));
        assertTrue(row.number("distance") > 0);
        assertEquals(row.text("search").endsWith("flips"), row.text("p_target_rounded").isEmpty());
      }
    }
    assertTrue(found > 0, "no search found anything");
    for (CsvRow row : Csv.rows(file("a").resolve("success.csv"))) {
      assertTrue(row.number("low") <= row.number("share"), row.text("images"));
      assertTrue(row.number("high") >= row.number("share"), row.text("images"));
    }
    for (String chart : List.of("success.png", "success.svg")) {
      assertTrue(Files.size(file("a").resolve(chart)) > 1000, chart);
    }
    assertTrue(test.out().contains("HALF WITHIN"), test.out());
  }

  @ParameterizedTest
  @CsvSource({
    "--searches=pgd, 'sigma-zero, fmn, ddn are the searches, not ''pgd'''",
    "--steps=0, 'at least 1 step, was 0'"
  })
  void impossibleAttacks(String option, String complaint) {
    assertEquals(2, boundary("attack", "white", option));
    assertTrue(test.err().contains(complaint), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
  }

  @Test
  void everyStartAndTargetHasASetWithItsProof() throws IOException {
    assertTrue(white < 0.8 && dark > 0.9, white + " and " + dark);
    assertEquals(0, minimal("m", "--starts", file("dark.png"), "seeds", "--quiet"), test.err());
    List<CsvRow> rows = Csv.rows(file("m").resolve("minimal.csv"));
    assertEquals(3 * 2, rows.size());
    for (CsvRow row : rows) {
      double target = row.number("target");
      Path set = file("m").resolve(row.text("set") + ".png");
      BlackPixels pixels = ImageFiles.readBlackPixels(set);
      assertEquals(row.integer("pixels"), pixels.count());
      assertEquals(row.number("p_target"), probability(pixels), 1e-6);
      assertTrue(row.number("p_target") >= target);
      assertEquals("yes", row.text("one_minimal"));
      assertTrue(row.number("largest_p_target_without_one") < target);
      proofHolds(pixels, file("m").resolve(row.text("set") + ".csv"), row);
    }
    assertEquals("dark.png", rows.get(0).text("start"));
    assertEquals(DARK, rows.get(0).integer("start_pixels"));
    assertEquals(0, rows.get(0).integer("flips_to_target"));
    assertEquals("greedy from white", rows.get(2).text("start"));
    assertEquals(white, rows.get(2).number("start_p_target"), 1e-6);
    for (String picture : List.of("minimal.png", "sets.png")) {
      assertTrue(Files.size(file("m").resolve(picture)) > 1000);
    }
    assertTrue(test.out().contains("pixels at most are needed"), test.out());
  }

  private void proofHolds(BlackPixels pixels, Path proof, CsvRow of) throws IOException {
    List<CsvRow> rows = Csv.rows(proof);
    assertEquals(pixels.count(), rows.size());
    double largest = 0;
    for (CsvRow row : rows) {
      int pixel = CANVAS.index((int) row.integer("x"), (int) row.integer("y"));
      double without = probability(pixels.without(pixel));
      assertEquals(without, row.number("p_target_without"), 1e-6);
      largest = Math.max(largest, row.number("p_target_without"));
    }
    assertEquals(largest, of.number("largest_p_target_without_one"));
  }

  @Test
  void minimalGoesOnAfterAnInterruption() throws IOException {
    Object[] how = {"--starts", file("dark.png"), "dense", "--quiet"};
    assertEquals(0, minimal(FEW, "whole", how), test.err());
    half("minimal.csv", 2);
    assertEquals(0, minimal(FEW, "half", how), test.err());
    same("minimal.csv", "minimal.png", "sets.png", "sets/02-p0.9.png", "sets/02-p0.8.csv");
    assertEquals(0, minimal(FEW, "half", how));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
    assertEquals(2, minimal(FEW, "half", "--starts", "greedy", "--quiet"));
    assertTrue(test.err().contains("leave out --starts=greedy"), test.err());
  }

  /** A folder {@code half} with so many rows, as a kill would leave {@code whole}. */
  private void half(String table, int rows) throws IOException {
    try (Stream<Path> all = Files.walk(file("whole"))) {
      for (Path from : all.filter(Files::isRegularFile).toList()) {
        String name = file("whole").relativize(from).toString();
        // the second's files were not there yet, nor what is drawn at the end
        if (!name.contains("02") && !name.matches("\\w+\\.png|summary.csv")) {
          Path to = file("half").resolve(name);
          Files.createDirectories(to.resolveSibling("."));
          Files.copy(from, to);
        }
      }
    }
    Path manifest = file("half").resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"done\"", "\"stopped\""));
    Path whole = file("half").resolve(table);
    List<String> lines = Files.readAllLines(whole);
    Files.delete(whole);
    Files.writeString(
        file("half").resolve(table + ".partial"),
        String.join("\n", lines.subList(0, rows + 1)) + "\n");
  }

  private void same(String... names) throws IOException {
    for (String name : names) {
      assertArrayEquals(
          Files.readAllBytes(file("whole").resolve(name)),
          Files.readAllBytes(file("half").resolve(name)),
          name);
    }
  }

  @Test
  void aBadStartIsNamedAndTheOthersGoOn() throws IOException {
    ImageFiles.writePng(file("small.png"), BlackPixels.none(Canvas.square(16)));
    Files.writeString(file("broken.png"), "no picture");
    int code =
        minimal(
            FEW,
            "m",
            "--starts",
            file("gray.png"),
            file("small.png"),
            file("broken.png"),
            file("dark.png"),
            "--quiet");
    assertEquals(1, code);
    List<String> lines = test.err().lines().toList();
    assertEquals(3, lines.size(), test.err());
    assertTrue(lines.get(0).contains("gray.png has grays besides black and white"), test.err());
    assertTrue(lines.get(1).contains("small.png is not 32x32"), test.err());
    assertTrue(lines.get(2).contains("broken.png"), test.err());
    assertEquals(2, Csv.rows(file("m").resolve("minimal.csv")).size());
    assertEquals(1, boundary("minimal", "--starts", file("gray.png"), "--out=" + file("none")));
    assertFalse(Files.exists(file("none")));
  }

  @Test
  void whatGivesUpSaysSo() throws IOException {
    int code =
        boundary(
            "minimal",
            "--target=0.9999999",
            "--starts=greedy",
            "--max-flips=2",
            "--quiet",
            "--out=" + file("m"));
    assertEquals(0, code, test.err());
    CsvRow row = Csv.rows(file("m").resolve("minimal.csv")).get(0);
    assertEquals("", row.text("pixels"));
    assertEquals(2, row.integer("flips_to_target"));
    assertTrue(test.out().contains("no search reached it"), test.out());
    assertFalse(Files.exists(file("m").resolve("sets.png")));
  }

  private int counterfactual(String out, Object... more) {
    return counterfactual(1500, out, more);
  }

  private int counterfactual(int evaluations, String out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--evaluations=" + evaluations, "--max-flips=300"));
    all.addAll(List.of(more));
    all.add((Files.exists(file(out)) ? "--resume=" : "--out=") + file(out));
    return boundary("counterfactual", all.toArray());
  }

  @Test
  void aCatIsTurnedByItsFlips() throws IOException {
    turnable();
    assertEquals(0, counterfactual("c", file("dark.png"), "--quiet"), test.err());
    CsvRow row = Csv.rows(file("c").resolve("counterfactual.csv")).get(0);
    assertEquals("crossed", row.text("status"));
    assertEquals("", row.text("threshold"));
    assertEquals(dark, row.number("p_target"), 1e-6);
    assertEquals("yes", row.text("one_minimal"));
    assertTrue(row.integer("flips") <= row.integer("greedy_flips"));
    assertTrue(row.number("least_p_target_with_one_undone") >= 0.5);
    Path own = file("c").resolve(row.text("files"));
    BlackPixels changed = black(DARK);
    assertEquals(changed, ImageFiles.readBlackPixels(own.resolve("before.png")));
    for (CsvRow flip : Csv.rows(own.resolve("flips.csv"))) {
      int pixel = CANVAS.index((int) flip.integer("x"), (int) flip.integer("y"));
      assertEquals(changed.contains(pixel) ? 0 : 1, flip.number("from"));
      assertEquals(1, flip.number("from") + flip.number("to"));
      assertTrue(flip.number("delta_logit") > 0);
      changed = changed.flipped(pixel);
    }
    assertEquals(changed, ImageFiles.readBlackPixels(own.resolve("after.png")));
    assertEquals(probability(changed), row.number("p_target_after"), 1e-6);
    assertTrue(row.number("p_target_after") < 0.5);
    assertTrue(Files.size(own.resolve("change.png")) > 1000);
    CsvRow summary = Csv.rows(file("c").resolve("summary.csv")).get(0);
    assertEquals(row.number("edge_index_flips"), summary.number("edge_index_flips"), 1e-12);
    assertEquals(0.5, summary.number("null_mean"), 0.02);
  }

  @Test
  void photosAreBinarisedFirst() throws IOException {
    turnable();
    assertEquals(0, counterfactual("c", file("gray.png"), "white"), test.err());
    assertTrue(test.out().contains("so no single one can be left out"), test.out());
    List<CsvRow> rows = Csv.rows(file("c").resolve("counterfactual.csv"));
    CsvRow gray = rows.get(0);
    assertEquals("no cat binarised", gray.text("status"));
    double threshold = gray.number("threshold");
    BlackPixels black = new Threshold(threshold).black(TinyModels.picture(32, 32, 0.4, 3));
    assertEquals(probability(black), gray.number("p_target"), 1e-3); // the file has 255ths
    assertTrue(gray.number("p_target_original") > 0.5);
    assertEquals("", gray.text("flips"));
    assertEquals("no cat", rows.get(1).text("status"));
    assertTrue(test.err().contains("gray.png is no cat any more in black and white"), test.err());
    assertFalse(Files.exists(file("c").resolve("images")));
    // all white: as white itself, no cat
    assertEquals(0, counterfactual("d", file("gray.png"), "--threshold=0", "--quiet"));
    CsvRow none = Csv.rows(file("d").resolve("counterfactual.csv")).get(0);
    assertEquals(0, none.number("threshold"));
    assertEquals(rows.get(1).number("p_target"), none.number("p_target"), 1e-6);
  }

  @Test
  void counterfactualsGoOnAfterAnInterruption() throws IOException {
    turnable();
    Object[] how = {file("gray.png"), file("dark.png"), "white", "--quiet"};
    assertEquals(0, counterfactual(FEW, "whole", how), test.err());
    half("counterfactual.csv", 1);
    assertEquals(0, counterfactual(FEW, "half", how), test.err());
    same("counterfactual.csv", "summary.csv", "images/002/flips.csv", "images/002/change.png");
    assertEquals(0, counterfactual(FEW, "half", how));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
  }

  @Test
  void ctrlCKeepsWhatIsDone() throws IOException {
    turnable();
    test.environment().interrupts().listen();
    test.signal();
    assertEquals(ExitCode.INTERRUPTED, counterfactual("c", file("dark.png"), "--quiet"));
    JsonNode manifest = JsonFile.read(file("c").resolve("manifest.json"));
    assertEquals("stopped", manifest.path("status").asText());
    assertEquals("otsu", manifest.path("threshold").asText());
    assertFalse(Files.exists(file("c").resolve("counterfactual.csv")));
    assertTrue(test.out().contains("go on with --resume"), test.out());
  }

  @Test
  void aBadImageIsNamedAndTheOthersGoOn() throws IOException {
    turnable();
    Files.writeString(file("broken.png"), "no picture");
    assertEquals(1, counterfactual(FEW, "c", file("broken.png"), file("dark.png"), "--quiet"));
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("broken.png"), test.err());
    assertEquals(1, Csv.rows(file("c").resolve("counterfactual.csv")).size());
  }

  @ParameterizedTest
  @CsvSource({
    "minimal, --target=1, '--target must be above 0 and below 1, was 1.0'",
    "minimal, --runs=0, '--runs must be at least 1, was 0'",
    "minimal, --density=0, 'was 0.0'",
    "minimal, --evaluations=-1, 'were -1'",
    "minimal, --max-flips=0, 'were 0, 16 and 100'",
    "minimal, --out=x --resume=y, exclude each other",
    "counterfactual, white --threshold=2, --threshold must be otsu or 0 to 1",
    "counterfactual, white --threshold=dark, --threshold must be otsu or 0 to 1",
    "counterfactual, white --candidates=0, 'were 1000, 0 and 100'",
    "counterfactual, --quiet, 'Missing required parameter: '"
  })
  void impossibleOptions(String command, String options, String complaint) {
    assertEquals(2, boundary(command, (Object[]) options.split(" ", -1)), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(complaint), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @ParameterizedTest
  @CsvSource({
    "minimal, --starts=nowhere, '--starts nowhere does not exist'",
    "minimal, --resume=nowhere, has no manifest.json",
    "counterfactual, nowhere.png, IMAGES nowhere.png does not exist"
  })
  void whatIsNotThereIsAFailureAsElsewhere(String command, String option, String complaint) {
    assertEquals(1, boundary(command, option), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(complaint), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }
}
