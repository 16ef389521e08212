package org.whisker.cli.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.cli.shared.TestEnvironment;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;

class SelfcheckCommandTest {
  @TempDir Path home;
  private TestEnvironment test = new TestEnvironment(Path.of(""));

  @BeforeEach
  void environment() {
    test = new TestEnvironment(home);
  }

  @Test
  void theControlsHold() throws IOException {
    Path out = home.resolve("out");
    assertEquals(
        0,
        test.run(SelfcheckCommand::new, "selfcheck", "--quiet", "--device=cpu", "--out=" + out),
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
      "--out=" + home.resolve("out")
    };
    assertEquals(1, test.run(SelfcheckCommand::new, few), test.out());
    assertTrue(test.out().contains("FAIL"), test.out());
    List<CsvRow> controls = Csv.rows(home.resolve("out/controls.csv"));
    assertEquals("permuted tiny", controls.get(3).text("control"));
  }

  @Test
  void impossibleOptions() {
    assertEquals(2, test.run(SelfcheckCommand::new, "selfcheck", "--runs=1"));
    assertEquals(2, test.run(SelfcheckCommand::new, "selfcheck", "--permuted-runs=1"));
    assertEquals(1, test.run(SelfcheckCommand::new, "selfcheck", "--model=none"));
  }
}
