package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.TestEnvironment;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.Manifest;

/** A report whose time is used up before all of its experiments have begun. */
class LateExperimentsTest extends CommandFixture {
  /** Five minutes pass whenever the clock is looked at. */
  @Test
  void whatDoesNotBeginInTimeIsNotTestedUntilItIsResumed() throws IOException {
    TinyModels.save(home, "tiny");
    AtomicLong looks = new AtomicLong();
    InstantSource each =
        () -> TestEnvironment.CLOCK.instant().plusSeconds(300 * looks.getAndIncrement());
    TestEnvironment late = new TestEnvironment(home, each.withZone(ZoneOffset.UTC));
    Path out = home.resolve("out");
    String[] asked = {
      "explain", "tiny", "--device=cpu", "--within=10m", "--pace=20", "--format=svg", "--out=" + out
    };
    assertEquals(0, late.run(ExplainCommand::new, asked), late.err());
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
    assertEquals(0, test.run(ExplainCommand::new, "explain", "--resume=" + out), test.err());
    assertEquals(List.of(), ExplainStudy.late(Manifest.read(out)));
    assertEquals(Set.of(), reasons(out, "time: "));
    assertFalse(Files.readString(out.resolve("index.html")).contains("The time was used up"));
    Path whole = home.resolve("whole");
    asked[asked.length - 1] = "--out=" + whole;
    assertEquals(0, test.run(ExplainCommand::new, asked), test.err());
    for (String table : List.of("findings.csv", "models.csv", "tiny/barrier/barrier.csv")) {
      assertEquals(
          Files.readString(whole.resolve(table)), Files.readString(out.resolve(table)), table);
    }
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
