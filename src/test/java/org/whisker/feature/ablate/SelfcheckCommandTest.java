package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.file.ChartFiles;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.selfcheck.Calibration.NullCalibrationRow;
import org.whisker.selfcheck.PlantedMatrix.MatrixRow;

class SelfcheckCommandTest {
  @TempDir Path home;
  private TestEnvironment test = new TestEnvironment(Path.of(""));

  @BeforeEach
  void environment() {
    test = new TestEnvironment(home);
  }

  @Test
  void aPValueIsNeverPrintedAsZero() {
    assertEquals("< 0.0001", SelfcheckCommand.p(0.00004));
    assertEquals("0.0625", SelfcheckCommand.p(1 / 16.0));
  }

  @Test
  void theControlsHold() throws IOException {
    Path out = home.resolve("out");
    assertEquals(
        0,
        test.run(
            SelfcheckCommand::new,
            "selfcheck",
            "--quiet",
            "--device=cpu",
            "--plants=none",
            "--out=" + out),
        test.out());
    assertTrue(test.out().contains("3 of 3 controls hold"), test.out());
    List<CsvRow> controls = Csv.rows(out.resolve("controls.csv"));
    assertEquals(List.of("edge", "centre", "flat"), names(controls));
    for (CsvRow row : controls) {
      assertEquals("true", row.text("passed"), row.toString());
      assertEquals(row.number("expected"), row.number("mean_edge_index"), 0.05);
    }
    assertEquals(60, Csv.rows(out.resolve("runs.csv")).size());
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertEquals("done", manifest.get("status").asText());
    assertEquals(20, manifest.get("runs").asInt());
  }

  private static List<String> names(List<CsvRow> rows) throws IOException {
    return List.of(
        rows.get(0).text("control"), rows.get(1).text("control"), rows.get(2).text("control"));
  }

  @Test
  void aControlThatFailsIsAFailure() throws IOException {
    TinyModels.save(home, "tiny");
    String[] few = {
      "selfcheck",
      "--quiet",
      "--device=cpu",
      "--model=tiny",
      "--runs=3",
      "--generations=2",
      "--permuted-runs=3",
      "--permuted-generations=2",
      "--plants=none",
      "--out=" + home.resolve("out")
    };
    assertEquals(1, test.run(SelfcheckCommand::new, few), test.out());
    assertTrue(test.out().contains("FAIL"), test.out());
    List<CsvRow> controls = Csv.rows(home.resolve("out/controls.csv"));
    assertEquals("permuted tiny", controls.get(3).text("control"));
  }

  @Test
  void theMatrixIsAPart() throws IOException {
    Path out = home.resolve("out");
    String[] some = {
      "selfcheck",
      "--quiet",
      "--device=cpu",
      "--plants=padding,edge-benefit",
      "--hypotheses=padding,geometry",
      "--plant-runs=12",
      "--out=" + out
    };
    assertEquals(0, test.run(SelfcheckCommand::new, some), test.out());
    assertTrue(test.out().contains("4 cells right, 0 wrong, 0 undecided"), test.out());
    List<MatrixRow> rows = MatrixRow.TABLE.read(out.resolve(MatrixRow.FILE));
    assertEquals(
        List.of("edge-benefit", "edge-benefit", "padding", "padding"),
        rows.stream().map(MatrixRow::plant).toList());
    assertEquals("cause", rows.get(3).seen());
    assertTrue(Files.exists(out.resolve("matrix.png")));
  }

  @Test
  void aPlantOfOneHypothesisHasNoCellUnderAnother() throws IOException {
    MatrixRow.TABLE.writeIn(
        home, List.of(row("padding", "sides"), row("padding", "carriers"), row("rim", "carriers")));
    new MatrixChart().draw(home, ChartFiles.of(home));
    assertTrue(Files.exists(home.resolve("matrix.svg")));
  }

  private static MatrixRow row(String plant, String hypothesis) {
    OptionalDouble none = OptionalDouble.empty();
    return new MatrixRow(
        plant, hypothesis, "any", "undecided", "", none, none, none, none, 1, "open", "", "");
  }

  @Test
  void calibrationGoesOn() throws IOException {
    Path out = home.resolve("out");
    String[] few = {
      "selfcheck",
      "--calibrate",
      "--quiet",
      "--hypotheses=padding",
      "--replicates=3",
      "--plant-runs=4",
      "--plant-evaluations=400",
      "--out=" + out
    };
    assertEquals(0, test.run(SelfcheckCommand::new, few), test.out());
    NullCalibrationRow row =
        NullCalibrationRow.TABLE.read(out.resolve(NullCalibrationRow.FILE)).get(0);
    assertEquals("transposed", row.nullPlant());
    assertEquals(3, row.replicates());
    assertEquals(0, row.degenerate());
    assertEquals(0, test.run(SelfcheckCommand::new, "selfcheck", "--resume=" + out));
    assertTrue(test.out().contains("nothing left to do"), test.out());
  }

  @Test
  void impossibleOptions() {
    assertEquals(2, test.run(SelfcheckCommand::new, "selfcheck", "--plants=oak"));
    assertEquals(2, test.run(SelfcheckCommand::new, "selfcheck", "--hypotheses=luck"));
    assertEquals(2, test.run(SelfcheckCommand::new, "selfcheck", "--runs=1"));
    assertEquals(2, test.run(SelfcheckCommand::new, "selfcheck", "--permuted-runs=1"));
    assertEquals(1, test.run(SelfcheckCommand::new, "selfcheck", "--model=none"));
  }
}
