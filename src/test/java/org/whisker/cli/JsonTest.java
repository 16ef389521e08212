package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;

/** Commands that print tables print the same ones as JSON. */
class JsonTest {
  @TempDir private Path home;

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
  }

  private String out(int code, String... args) {
    TestEnvironment test = new TestEnvironment(home);
    assertEquals(code, Main.run(args, test.environment()), test.err());
    return test.out();
  }

  private JsonNode json(int code, String... args) throws IOException {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    words.add("--json");
    return new ObjectMapper().readTree(out(code, words.toArray(String[]::new)));
  }

  @Test
  void ofModels() throws IOException {
    JsonNode row = json(0, "models", "list").at("/models/0");
    assertEquals("tiny", row.get("name").asText());
    assertTrue(row.get("parameters").isIntegralNumber());
    assertTrue(row.get("accuracy").isNull() || row.get("accuracy").asDouble() <= 1);
    String line = out(0, "models", "list").lines().skip(1).findFirst().orElseThrow();
    assertTrue(line.startsWith("tiny "), line);
    assertTrue(line.contains(row.get("width") + "x" + row.get("height")), line);
    JsonNode shown = json(0, "models", "show", "tiny");
    String text = out(0, "models", "show", "tiny");
    for (JsonNode fact : shown.get("model")) {
      assertTrue(text.contains(fact.get("value").asText()), fact.toString());
    }
    assertEquals("input", shown.at("/stages/0/item").asText());
    JsonNode verified = json(0, "models", "verify").at("/models/0");
    String ok = verified.get("model").asText() + " " + verified.get("sha256").asText();
    assertEquals("ok " + ok, out(0, "models", "verify").strip());
  }

  @Test
  void ofListsOfExperimentsAndMethods() throws IOException {
    JsonNode listed = json(0, "ablate", "list");
    String text = out(0, "ablate", "list").replaceAll("\\s+", " ");
    for (JsonNode each : listed.get("experiments")) {
      assertTrue(text.contains(each.get("explanation").asText()), each.toString());
    }
    for (JsonNode each : listed.get("arms")) {
      assertTrue(text.contains(each.get("arm").asText() + " " + each.get("what").asText()), text);
    }
    JsonNode methods = json(0, "saliency", "--method=list").get("methods");
    List<String> lines = out(0, "saliency", "--method=list").lines().toList();
    assertEquals(lines.size() - 2, methods.size());
    assertTrue(lines.get(1).startsWith(methods.get(0).get("method").asText() + " "));
  }

  @Test
  void ofScores() throws IOException {
    String[] args = {"score", "--model", "tiny", "--device", "cpu", "white"};
    JsonNode row = json(0, args).at("/scores/0");
    String[] cells = out(0, args).lines().skip(1).findFirst().orElseThrow().split(",", -1);
    assertEquals(cells[0], row.get("file").asText());
    assertEquals(Double.parseDouble(cells[1]), row.get("logit").asDouble(), 1e-6);
    assertEquals(Double.parseDouble(cells[2]), row.get("p_target").asDouble(), 1e-6);
  }

  @Test
  void ofANetworkAreTheTablesOfItsFolder() throws IOException {
    JsonNode json = json(0, "network", "show", "tiny", "--out", home.resolve("net").toString());
    List<CsvRow> layers = Csv.rows(home.resolve("net/layers.csv"));
    assertEquals(layers.size(), json.get("layers").size());
    assertEquals(layers.get(1).text("layer"), json.at("/layers/1/layer").asText());
    assertTrue(json.at("/paths/0/border").isNumber());
    assertEquals(home.resolve("net").toString(), json.get("folder").asText());
    assertEquals(json, json(0, "network", "show", "--resume", home.resolve("net").toString()));
  }

  @Test
  void ofAnEvaluationIsTheSummary() throws IOException {
    TinyModels.photos(home.resolve("photos/test"), 2);
    String out = home.resolve("figures").toString();
    String data = home.resolve("photos").toString();
    JsonNode json =
        json(0, "evaluate", "--model=tiny", "--device=cpu", "--data", data, "--out", out);
    CsvRow summary = Csv.rows(home.resolve("figures/summary.csv")).get(0);
    assertEquals(summary.number("accuracy"), json.at("/summary/0/accuracy").asDouble());
    assertFalse(json.at("/summary/0/accuracy_ci_low").isMissingNode());
    assertEquals(json, json(0, "evaluate", "--resume", out));
  }

  @Test
  void ofTheMachine() throws IOException {
    JsonNode json = json(0, "doctor", "--no-measure", "--quiet");
    assertEquals("whisker", json.at("/facts/0/item").asText());
    assertTrue(json.get("advice").isArray());
  }

  @Test
  void ofSpeeds() throws IOException {
    String[] args = {
      "bench", "--model=tiny", "--seconds=0.1", "--population=8", "--device=cpu", "--quiet"
    };
    JsonNode json = json(0, args);
    assertEquals(8, json.get("population").asInt());
    assertTrue(json.get("ratio_median").asDouble() > 0);
  }
}
