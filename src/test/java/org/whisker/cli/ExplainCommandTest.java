package org.whisker.cli;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.report.Csv;
import org.whisker.report.CsvRow;

class ExplainCommandTest {
  @TempDir Path home;
  private TestEnvironment test = new TestEnvironment(Path.of(""));

  @BeforeEach
  void environment() {
    test = new TestEnvironment(home);
  }

  private int explain(String... more) {
    List<String> args = new ArrayList<>(List.of("explain", "--device=cpu", "--quiet"));
    args.addAll(List.of(more));
    return test.run(ExplainCommand::new, args.toArray(String[]::new));
  }

  @Test
  void explainsTwoModelsAndAnswersInThreeSentences() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "second");
    assertEquals(0, explain("tiny", "second", "--runs=2", "--generations=3"), test.err());
    Path folder = home.resolve("reports/explain-20261125-101500");
    List<String> said = test.out().lines().toList();
    assertTrue(said.get(0).startsWith("Black pixels on white came to be seen as"), test.out());
    assertTrue(said.get(0).contains("tiny in ") && said.get(0).contains("second in "));
    assertTrue(said.get(1).contains("edge index E (½ is chance"), test.out());
    assertTrue(said.get(2).startsWith("Of the causes tested here, supported: "), test.out());
    assertEquals("", said.get(3));
    assertTrue(said.get(4).endsWith(folder.resolve("index.html").toString()), test.out());
    assertEquals(5, said.size());

    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.startsWith("<!") && page.stripTrailing().endsWith("</html>"));
    assertTrue(page.contains("tiny") && page.contains("second"));
    // pictures in base 64 may hold any letters
    String text = page.replaceAll("(?s)<script.*?</script>|\"data:[^\"]*\"", "");
    assertFalse(text.contains("NaN"));
    // of 40 runs, those that end white have no edge index and no row
    List<CsvRow> operators = Csv.rows(folder.resolve("operators.csv"));
    assertTrue(operators.size() > 20 && operators.size() <= 40, "rows " + operators.size());
    for (CsvRow row : operators) {
      assertTrue(row.number("edge_index") >= 0 && row.number("edge_index") <= 1, row.toString());
    }
    assertFalse(Csv.rows(folder.resolve("findings.csv")).isEmpty());
    assertFalse(Csv.rows(folder.resolve("edge_index.csv")).isEmpty());
    for (String model : List.of("tiny", "second")) {
      Path own = folder.resolve(model);
      assertEquals(2, Csv.rows(own.resolve("runs.csv")).size());
      assertEquals(4, Csv.rows(own.resolve("runs/2/generations.csv")).size());
      for (String table : List.of("density_profile", "probe_profile", "gradient_profile")) {
        assertEquals(10, Csv.rows(own.resolve(table + ".csv")).size(), table);
      }
      assertFalse(Csv.rows(own.resolve("padding.csv")).isEmpty());
    }
    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
    assertEquals("replicate", manifest.get("padding_swapped_to").asText());
    assertEquals(2, manifest.get("models_sha256").size());
    assertEquals(2, manifest.get("runs").asInt());
  }

  @Test
  void wrongUsageLeavesNoFolder() throws IOException {
    TinyModels.save(home, "tiny");
    for (String option :
        List.of("--runs=1", "--runs=0", "--generations=0", "--padding=x", "--precision=x")) {
      TestEnvironment fresh = new TestEnvironment(home);
      assertEquals(2, fresh.run(ExplainCommand::new, "explain", "tiny", option), option);
      assertEquals(1, fresh.err().lines().count(), fresh.err());
    }
    assertEquals(2, explain(".."));
    assertEquals(2, explain("tiny", "tiny"));
    assertEquals(1, explain("tiny", "none"));
    assertEquals(1, explain());
    assertTrue(test.err().contains("vgg16-mini"), test.err());
    assertFalse(Files.exists(home.resolve("reports")));
  }
}
