package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path home;

  @Test
  void comparesInPairs() throws IOException {
    TestEnvironment test = new TestEnvironment(home);
    TinyModels.save(home, "tiny");
    Path out = home.resolve("bench.json");
    int exitCode =
        test.run(
            BenchCommand::new,
            "bench",
            "--model=tiny",
            "--device=cpu",
            "--batch=8",
            "--seconds=0.06",
            "--out=" + out);
    assertEquals(0, exitCode, test.err());
    assertTrue(test.out().contains("over 6 pairs"), test.out());
    JsonNode json = new ObjectMapper().readTree(out.toFile());
    assertEquals(6, json.get("forward_images_per_second").size());
    assertEquals(6, json.get("evolution_images_per_second").size());
    assertEquals(8, json.get("batch").asInt());
    double median = json.get("ratio_median").asDouble();
    assertTrue(json.get("ratio_min").asDouble() <= median);
    assertTrue(median <= json.get("ratio_max").asDouble());
    assertTrue(json.get("ratio_min").asDouble() > 0);
  }

  @Test
  void ratiosGoPairByPair() {
    SpeedComparison.Rates rates =
        new SpeedComparison.Rates(List.of(100.0, 50.0), List.of(80.0, 45.0));
    assertEquals(List.of(0.8, 0.9), rates.ratios());
  }

  @Test
  void wrongUsage() {
    TestEnvironment test = new TestEnvironment(home);
    assertEquals(2, test.run(BenchCommand::new, "bench", "--model=m", "--batch=1"));
    assertEquals(2, test.run(BenchCommand::new, "bench", "--model=m", "--seconds=NaN"));
    assertTrue(test.err().contains("was NaN"), test.err());
  }
}
