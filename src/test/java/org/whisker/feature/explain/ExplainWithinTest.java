package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.TestEnvironment;
import org.whisker.image.Canvas;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.io.Manifest;
import org.whisker.position.ProbeMap;

/** Reports that end within a time. */
class ExplainWithinTest extends CommandFixture {
  private static final List<String> WITHIN =
      List.of("explain", "tiny", "--device=cpu", "--within=10m", "--pace=20", "--runs=6");

  /** Where the whole report was made. */
  @TempDir static Path whole = Path.of("");

  /** What was said of it. */
  private static String said = "";

  @BeforeAll
  static void explainOnce() throws IOException {
    TinyModels.save(whole, "tiny");
    TestEnvironment once = new TestEnvironment(whole);
    String[] args = arguments(WITHIN, "--format=svg", "--out=" + whole.resolve("out"));
    assertEquals(0, once.run(ExplainCommand::new, args), once.err());
    said = once.out();
  }

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
  }

  private int within(String... more) {
    return command(ExplainCommand::new, WITHIN, more);
  }

  private int explain(String... more) {
    return command(ExplainCommand::new, List.of("explain", "--device=cpu", "--quiet"), more);
  }

  @Test
  void whatFitsIntoATimeIsPlannedByAPaceAndSaid() throws IOException {
    assertEquals(0, within("--dry-run"), test.err());
    String first = test.out().substring(test.out().indexOf("Planned to end within 10 min: 6 runs"));
    assertFalse(test.out().contains("carriers  "), test.out());
    assertTrue(said.contains(first.lines().findFirst().orElseThrow()), said);
    Path out = whole.resolve("out");
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals(20, manifest.at("/within/images_a_second/tiny").asDouble());
    assertEquals("20", manifest.at("/configuration/pace").asText());
    for (CsvRow row : Csv.rows(out.resolve("findings.csv"))) {
      if (row.text("hypothesis").equals("carriers")) {
        assertEquals("it does not fit into the time that --within gives", row.text("reason"));
      }
    }
    assertTrue(Files.readString(out.resolve("index.html")).contains("Planned to end within"));
    assertEquals(2, explain("tiny", "--within=10m", "--runs=3"), "without the pace of a report");
    for (String more : List.of("--budget=full", "--preset=quick", "--generations=9")) {
      assertEquals(2, explain("tiny", "--within=10m", more), more);
    }
    assertEquals(2, explain("tiny", "--within=soon"));
    assertEquals(2, explain("tiny", "--pace=20"));
    assertEquals(2, explain("tiny", "--within=10m", "--pace=20,30"));
    assertEquals(2, explain("tiny", "--within=1s", "--pace=20"));
    assertTrue(test.err().contains("is too short: the least takes about"), test.err());
  }

  /** A plan within a time promised a sampled map, and its table the time of a whole one. */
  @Test
  void theTimeOfASampledMapIsThatOfItsPixels() throws IOException {
    assertEquals(0, within("--dry-run", "--json"), test.err());
    JsonNode plan = new ObjectMapper().readTree(test.out());
    Matcher every =
        Pattern.compile("one pixel of each (\\d+)").matcher(plan.get("within").asText());
    assertTrue(every.find(), test.out());
    int pixels =
        ProbeMap.positions(Canvas.square(TinyModels.SIDE), Integer.parseInt(every.group(1)));
    JsonNode maps = plan.get("plan").get(plan.get("plan").size() - 1);
    assertEquals("maps, statistics, charts", maps.get("experiment").asText());
    double pace = plan.at("/paces/0/images_per_second").asDouble();
    assertEquals(pixels, pace * (maps.get("seconds").asDouble() - 4), 0.01 * pixels);
  }

  /** Five minutes pass whenever the clock is looked at. */
  @Test
  void whatDoesNotBeginInTimeIsNotTestedUntilItIsResumed() throws IOException {
    AtomicLong looks = new AtomicLong();
    InstantSource each =
        () -> TestEnvironment.CLOCK.instant().plusSeconds(300 * looks.getAndIncrement());
    TestEnvironment late = TestEnvironment.withoutCharts(home, each.withZone(ZoneOffset.UTC));
    Path out = home.resolve("out");
    assertEquals(0, late.run(ExplainCommand::new, arguments(WITHIN, "--out=" + out)), late.err());
    assertTrue(late.err().contains("The time was used up before these were done"), late.err());
    List<String> names = ExplainStudy.late(Manifest.read(out));
    assertTrue(names.contains("location-tied on tiny"), names.toString());
    assertFalse(names.contains("geometry on tiny"), names.toString());
    // within the time planned for it, but not done by then
    assertTrue(names.contains("barrier on tiny"), names.toString());
    assertTrue(late.err().contains("The answer can't tell whether there is a barrier"), late.err());
    assertTrue(names.containsAll(reasons(out, "time: ")), names.toString());
    assertTrue(reasons(out, "time: ").contains("location-tied on tiny"));
    assertTrue(Files.readString(out.resolve("index.html")).contains("The time was used up"));
    test = TestEnvironment.withoutCharts(home);
    assertEquals(0, test.run(ExplainCommand::new, "explain", "--resume=" + out), test.err());
    assertEquals(List.of(), ExplainStudy.late(Manifest.read(out)));
    assertEquals(Set.of(), reasons(out, "time: "));
    assertFalse(Files.readString(out.resolve("index.html")).contains("The time was used up"));
    for (String table : List.of("findings.csv", "models.csv", "tiny/barrier/barrier.csv")) {
      assertEquals(
          Files.readString(whole.resolve("out").resolve(table)),
          Files.readString(out.resolve(table)),
          table);
    }
  }

  /** Nearly a second passes whenever the clock is looked at. */
  @Test
  void whileTimeIsLeftThereAreMoreRunsWhateverTheyShow() throws IOException {
    Path out = home.resolve("out");
    AtomicLong looks = new AtomicLong();
    InstantSource each =
        () -> TestEnvironment.CLOCK.instant().plusMillis(900 * looks.getAndIncrement());
    test = TestEnvironment.withoutCharts(home, each.withZone(ZoneOffset.UTC));
    List<String> brief = List.of("explain", "tiny", "--device=cpu", "--within=4m", "--pace=60");
    assertEquals(0, test.run(ExplainCommand::new, arguments(brief, "--out=" + out)), test.err());
    assertTrue(test.err().contains("there is time for "), test.err());
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    int runs = manifest.get("runs").asInt();
    assertTrue(runs > 7, "" + runs);
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("There was time for more: " + runs + " runs an arm were made."));
    Path again = home.resolve("again");
    String[] repeat = arguments(brief, "--runs=" + runs, "--fresh", "--out=" + again);
    assertEquals(0, test.run(ExplainCommand::new, repeat), test.err());
    for (String table : List.of("findings.csv", "models.csv", "tiny/barrier/barrier.csv")) {
      assertEquals(
          Files.readString(again.resolve(table)), Files.readString(out.resolve(table)), table);
    }
    assertEquals(0, test.run(ExplainCommand::new, "explain", "--resume=" + out), test.err());
  }

  /** The experiments that were not done for such a reason. */
  private static Set<String> reasons(Path out, String start) throws IOException {
    Set<String> experiments = new HashSet<>();
    for (CsvRow row : Csv.rows(out.resolve("findings.csv"))) {
      if (row.text("reason").startsWith(start)) {
        experiments.add(row.text("experiment") + " on " + row.text("model"));
      }
    }
    return experiments;
  }
}
