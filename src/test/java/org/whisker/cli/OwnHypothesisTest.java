package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.AblationResult;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.PlantedTrial;
import org.whisker.planted.Plants;
import org.whisker.stats.Verdict;

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

  /**
   * The observation that decides it is right where the upper right is worth more, and where not.
   */
  @Test
  void itsVerdictIsRightOnPlantedClassifiers() throws ReflectiveOperationException {
    double[] gains =
        IntStream.range(0, PlantMaps.CANVAS.pixels())
            .mapToDouble(p -> PlantMaps.CANVAS.x(p) > PlantMaps.CANVAS.y(p) ? 0.2 : 0.06)
            .toArray();
    Plant plant = Plant.known("diagonal", c -> PlantedFormula.blank().withGain(gains));
    assertEquals(Verdict.SUPPORTED, verdict(plant));
    assertNotEquals(Verdict.SUPPORTED, verdict(Plants.POSITION_BLIND));
  }

  private static Verdict verdict(Plant plant) throws ReflectiveOperationException {
    Hypothesis diagonal =
        Class.forName("Diagonal")
            .asSubclass(Hypothesis.class)
            .getDeclaredConstructor()
            .newInstance();
    AblationResult result =
        new PlantedTrial(8, 1_500, 1).result(new PlantedModel(plant), diagonal.experiment());
    return Objects.requireNonNull(diagonal.decisive().observation(result).orElseThrow().verdict());
  }

  private String whisker(String... args) throws IOException, InterruptedException {
    return OtherClassPath.whisker(home, registry, args);
  }
}
