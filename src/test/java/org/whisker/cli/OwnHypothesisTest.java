package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;

/**
 * A hypothesis is one file, {@code examples/Diagonal.java}, and one line, which names it on the
 * class path: then every command knows it.
 */
class OwnHypothesisTest {
  @TempDir Path home;
  @TempDir Path registry;

  @Test
  void oneFileAndOneLineAreSeenByEveryCommand() throws IOException, InterruptedException {
    Path line = registry.resolve("META-INF/services/" + Hypothesis.class.getName());
    Files.createDirectories(line.getParent());
    Files.writeString(line, "Diagonal\n");

    String list = whisker("ablate", "list");
    assertTrue(list.contains("diagonal (hypothesis diagonal)\n"), list);

    Path checked = home.resolve("checked");
    whisker(
        "selfcheck",
        "--runs=2",
        "--generations=2",
        "--plants=diagonal,position-blind",
        "--hypotheses=diagonal",
        "--plant-runs=8",
        "--plant-evaluations=1500",
        "--out=" + checked);
    List<CsvRow> cells = Csv.rows(checked.resolve("matrix.csv"));
    assertEquals(2, cells.size());
    CsvRow planted = cells.get(1);
    assertEquals("diagonal", planted.text("plant"));
    assertEquals("cause", planted.text("expected"));
    assertEquals("cause", planted.text("seen"));

    TinyModels.save(home, "tiny");
    String[] timed = {"explain", "tiny", "--device=cpu", "--pace=500", "--dry-run", "--within=3h"};
    String all = whisker(timed);
    assertTrue(all.contains("12 runs an arm"), all);
    assertFalse(all.contains("Left out"), all);
    timed[timed.length - 1] = "--within=90s";
    String few = whisker(timed);
    assertTrue(few.matches("(?s).*Left out, and so not tested: [^.]*diagonal.*"), few);

    Path report = home.resolve("report");
    whisker(
        "explain",
        "tiny",
        "--device=cpu",
        "--runs=2",
        "--max-evaluations=60",
        "--generations=6",
        "--format=svg",
        "--out=" + report);
    List<CsvRow> findings = Csv.rows(report.resolve("findings.csv"));
    assertEquals("diagonal", findings.get(findings.size() - 1).text("hypothesis"));
    assertTrue(Files.exists(report.resolve("tiny/diagonal/observations.csv")));
    String page = Files.readString(report.resolve("index.html"));
    assertTrue(page.contains("id=\"hypothesis-diagonal\""));
    assertTrue(page.contains("Do pixels prefer the upper right or the lower left?"));
  }

  private String whisker(String... args) throws IOException, InterruptedException {
    return OtherClassPath.whisker(home, registry, args);
  }
}
