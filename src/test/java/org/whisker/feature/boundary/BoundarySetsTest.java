package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.ExitCode;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.models.ScoreCommand;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

/** The commands below {@code boundary} that take sets of images. */
class BoundarySetsTest extends CommandFixture {
  @TempDir static Path shared;
  private Path evolved = Path.of("");
  private Path photos = Path.of("");

  @BeforeAll
  static void evolve() throws IOException {
    TestEnvironment test = new TestEnvironment(shared);
    TinyModels.save(shared, "tiny");
    TinyModels.photos(shared.resolve("photos"), 3);
    int code =
        test.run(
            EvolveCommand::new,
            "evolve",
            "--model=tiny",
            "--runs=2",
            "--generations=2",
            "--population=10",
            "--quiet",
            "--device=cpu",
            "--precision=float32",
            "--out=" + shared.resolve("evolved"));
    assertEquals(0, code, test.err());
  }

  @BeforeEach
  void environment() throws IOException {
    Folders.copy(shared, home);
    evolved = home.resolve("evolved");
    photos = home.resolve("photos");
  }

  private int boundary(String command, Object... more) {
    return command(
        BoundaryCommand::new, List.of("boundary", command, "--device=cpu", "--quiet"), more);
  }

  private Path out(String name) {
    return home.resolve(name);
  }

  /** The same architecture with other weights. */
  private void sibling() throws IOException {
    ModelCard card = TinyModels.card("sibling");
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 8);
    new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
  }

  @Test
  void transferKnowsWhoseImagesTheyAre() throws IOException {
    sibling();
    int code = boundary("transfer", evolved, photos, "--padding=circular", "--out=" + out("t"));
    assertEquals(0, code, test.err());
    List<CsvRow> rows = Csv.rows(out("t").resolve("transfer.csv"));
    assertEquals(4 * 4, rows.size()); // evolved, its control, cat, not_cat
    Map<String, String> relations = new TreeMap<>();
    for (CsvRow row : rows) {
      String of = row.text("source") + " " + row.text("target") + " " + row.text("padding");
      relations.put(of, row.text("relation"));
    }
    assertEquals("own model", relations.get("evolved tiny zero"));
    assertEquals("same weights, other padding", relations.get("evolved tiny circular"));
    assertEquals("same architecture, other weights", relations.get("evolved sibling zero"));
    assertEquals("none", relations.get("evolved, places at random tiny zero"));
    assertEquals("none", relations.get("cat tiny zero"));
    List<CsvRow> images = Csv.rows(out("t").resolve("transfer-images.csv"));
    assertEquals(4 * (2 + 2 + 3 + 3), images.size());
    assertTrue(test.out().contains("own model"), test.out());
  }

  @Test
  void transferScoresAsScoreDoes() throws IOException {
    assertEquals(
        0, boundary("transfer", evolved, "--models=tiny", "--out=" + out("t")), test.err());
    CsvRow first = Csv.rows(out("t").resolve("transfer-images.csv")).get(0);
    TestEnvironment other = new TestEnvironment(home);
    other.run(ScoreCommand::new, "score", "--model=tiny", "--device=cpu", first.text("image"));
    double logit =
        Double.parseDouble(other.out().lines().skip(1).findFirst().get().split(",", -1)[1]);
    assertEquals(logit, first.number("logit"), 1e-5);
  }

  @Test
  void marginsGoOnAfterAnInterruption() throws IOException {
    Path whole = out("whole");
    Object[] how = {"--model=tiny", evolved, photos, "white", "--max-flips=3"};
    assertEquals(0, margins(whole, how), test.err());
    assertTrue(test.out().contains("none taken back, so at most so many are needed"), test.out());
    List<String> lines = Files.readAllLines(whole.resolve("margins.csv"));
    assertEquals(1 + 2 + 3 + 3 + 1, lines.size());
    Path half = out("half");
    Files.createDirectories(half);
    String manifest = Files.readString(whole.resolve("manifest.json"));
    Files.writeString(half.resolve("manifest.json"), manifest.replace("\"done\"", "\"stopped\""));
    Files.writeString(
        half.resolve("margins.csv.partial"), String.join("\n", lines.subList(0, 5)) + "\n");
    List<Object> again = new ArrayList<>(List.of(how));
    again.add("--resume=" + half);
    assertEquals(0, boundary("margins", again.toArray()), test.err());
    for (String file : List.of("margins.csv", "summary.csv")) {
      assertEquals(Files.readString(whole.resolve(file)), Files.readString(half.resolve(file)));
    }
    assertEquals(0, boundary("margins", again.toArray()));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
    again.set(4, "--max-flips=4");
    assertEquals(2, boundary("margins", again.toArray()));
    assertTrue(test.err().contains("leave out --max-flips=4"), test.err());
  }

  @Test
  void marginsGoOnFromTheManifest() throws IOException {
    Path out = stopped();
    assertEquals(0, boundary("margins", "--resume=" + out), test.err());
    assertEquals(6, Csv.rows(out.resolve("margins.csv")).size());
    assertTrue(Files.size(out.resolve("margins.png")) > 1000);
    assertTrue(Files.size(out.resolve("success.png")) > 1000);
    Path table = out.resolve("margins.csv");
    String whole = Files.readString(table);
    for (String changed : List.of("", whole.replaceFirst("white", "black"))) {
      Files.writeString(table, changed);
      assertEquals(0, boundary("margins", "--resume=" + out), test.err());
      assertTrue(test.err().contains(table + " is "), test.err());
      assertTrue(test.err().contains("; doing it again"), test.err());
      assertEquals(whole, Files.readString(table));
    }
    assertEquals(0, boundary("margins", "--resume=" + out), test.err());
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
    Path other = out("photos/cat");
    assertEquals(2, boundary("margins", other, "--resume=" + out));
    assertTrue(test.err().contains("leave out " + other), test.err());
  }

  /** Margins of six photos, stopped before the first. */
  private Path stopped() throws IOException {
    Path out = out("m");
    TestEnvironment interrupted = test;
    test.environment().interrupts().listen();
    test.signal();
    TinyModels.photos(photos, 2);
    assertEquals(ExitCode.INTERRUPTED, margins(out, "--model=tiny", photos, "--max-flips=2"));
    newEnvironment();
    assertFalse(interrupted.out().isEmpty());
    return out;
  }

  private int margins(Path out, Object... how) {
    List<Object> all = new ArrayList<>(List.of(how));
    all.add("--out=" + out);
    return boundary("margins", all.toArray());
  }

  @Test
  void ctrlCKeepsWhatIsDone() throws IOException {
    Path out = out("m");
    test.environment().interrupts().listen();
    test.signal();
    int code = margins(out, "--model=tiny", photos, "--max-flips=2");
    assertEquals(ExitCode.INTERRUPTED, code);
    assertEquals("stopped", JsonFile.read(out.resolve("manifest.json")).path("status").asText());
    assertFalse(Files.exists(out.resolve("margins.csv")));
    assertTrue(test.out().contains("go on with --resume " + out), test.out());
  }

  @ParameterizedTest
  @CsvSource({
    "margins, --model=tiny --max-flips=0, 'were 0, 16 and 100'",
    "margins, --model=tiny --candidates=0, 'were 200, 0 and 100'",
    "margins, --model=tiny --per-group=0, --per-group must be at least 1",
    "margins, --model=tiny --out=x --resume=y, exclude each other",
    "transfer, --padding=none, not none",
    "transfer, --models=.., ..",
    "transfer, --per-group=-1, was -1"
  })
  void impossibleOptions(String command, String options, String complaint) {
    List<Object> all = new ArrayList<>(List.of(evolved));
    all.addAll(List.of(options.split(" ", -1)));
    assertEquals(2, boundary(command, all.toArray()), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(complaint), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @ParameterizedTest
  @CsvSource({"margins --model=tiny", "transfer"})
  void whatIsNotThere(String command) {
    List<Object> all = new ArrayList<>(List.of((Object[]) command.split(" ", -1)));
    all.remove(0);
    all.add("none");
    assertEquals(1, boundary(command.split(" ", -1)[0], all.toArray()));
    assertTrue(test.err().contains("IMAGES none does not exist"), test.err());
    Path empty = home.resolve("empty");
    assertTrue(empty.toFile().mkdirs());
    all.set(all.size() - 1, empty);
    assertEquals(1, boundary(command.split(" ", -1)[0], all.toArray()));
    assertTrue(test.err().contains("empty has no images"), test.err());
  }
}
