package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.job.Workers;
import org.whisker.torch.Modules;
import org.whisker.torch.TorchDevice;

class BenchCommandTest extends CommandFixture {
  @Test
  void comparesInPairs() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("bench.json");
    Path killed = Files.createFile(home.resolve(".bench.json.999999999-1.partial"));
    assertEquals(0, bench("--model=tiny", "--precision=float32", "--out=" + out), test.err());
    assertFalse(Files.exists(killed), "what a killed process was writing");
    assertTrue(test.out().contains(", 6 pairs)"), test.out());
    JsonNode json = new ObjectMapper().readTree(out.toFile());
    assertEquals(6, json.get("forward_images_per_second").size());
    assertEquals(6, json.get("evolution_images_per_second").size());
    assertEquals(3, json.get("bfloat16_images_per_second").size());
    assertEquals(8, json.get("batch").asInt());
    assertEquals(20, json.get("population").asInt());
    assertEquals("float32", json.get("precision").asText());
    double median = json.get("ratio_median").asDouble();
    assertTrue(json.get("ratio_min").asDouble() <= median);
    assertTrue(median <= json.get("ratio_max").asDouble());
    assertTrue(json.get("ratio_min").asDouble() > 0);
    ModelStore store = new ModelStore(home.resolve("models"));
    boolean several = Workers.of(List.of(store.open("tiny")), TorchDevice.cpu()).count() > 1;
    assertEquals(several, json.has("copies_ratio_median"), test.out());
    assertEquals(several ? 6 : 0, json.path("copies_images_per_second").size());
  }

  @Test
  void twoModelsTakeTurnsOnTheSamePictures() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "same");
    TinyModels.save(home, "other", 8);
    Path out = home.resolve("bench.json");
    assertEquals(0, bench("--model=tiny", "--against=same", "--out=" + out), test.err());
    JsonNode rows = new ObjectMapper().readTree(out.toFile()).get("comparisons");
    assertEquals("float32", rows.at("/0/precision").asText());
    assertEquals("bfloat16", rows.at("/1/precision").asText());
    assertEquals(0, rows.at("/0/logits_differ_by").asDouble());
    assertEquals(6, rows.at("/0/images_per_second").size());
    assertTrue(rows.at("/0/ratio_median").asDouble() > 0);
    assertEquals(0, bench("--model=tiny", "--against=other", "--out=" + out), test.err());
    JsonNode first = new ObjectMapper().readTree(out.toFile()).at("/comparisons/0");
    assertTrue(first.get("logits_differ_by").asDouble() > 1e-3, first.toString());
    assertTrue(test.out().contains("AGAINST"), test.out());
  }

  @Test
  void aModuleIsComparedInFloat32() throws IOException {
    TinyModels.save(home, "tiny");
    Path module = Modules.tinyCnn(home);
    String[] args = {
      "models",
      "import",
      module.toString(),
      "--name=theirs",
      "--input=3x32x32",
      "--output=logits",
      "--cat=0",
      "--mean=0.5",
      "--std=0.25"
    };
    assertEquals(0, test.run(ModelsCommand::new, args), test.err());
    Path out = home.resolve("bench.json");
    assertEquals(0, bench("--model=tiny", "--against=theirs", "--out=" + out), test.err());
    JsonNode rows = new ObjectMapper().readTree(out.toFile()).get("comparisons");
    assertEquals("bfloat16", rows.at("/1/precision").asText());
    assertEquals("float32", rows.at("/1/against_precision").asText());
    assertEquals(0, bench("--model=theirs", "--against=tiny", "--out=" + out), test.err());
    assertEquals(1, new ObjectMapper().readTree(out.toFile()).get("comparisons").size());
  }

  @Test
  void modelsOfDifferentSizesAreNotCompared() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(2, bench("--model=tiny", "--against=vgg16"));
    assertTrue(test.err().contains("name two models of one size"), test.err());
    assertEquals(2, bench("--all", "--against=tiny"));
  }

  private int bench(String... more) {
    List<String> args = new ArrayList<>(List.of("bench", "--device=cpu", "--batch=8"));
    args.addAll(List.of("--population=20", "--seconds=0.06", "--quiet"));
    args.addAll(List.of(more));
    return test.run(BenchCommand::new, args.toArray(String[]::new));
  }

  @Test
  void allAreTheModelsAndThePublishedNetworks() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "vgg16");
    assertEquals(
        List.of("tiny", "vgg16", "inception-resnet-v2", "mobilenet-v2", "tf-mobilenet-v2"),
        BenchJob.models(new ModelStore(home.resolve("models"))));
  }

  @Test
  void ratiosGoPairByPair() {
    PairedRates rates = new PairedRates(List.of(100.0, 50.0, 10.0), List.of(80.0, 45.0, 10.0));
    assertEquals(List.of(0.8, 0.9, 1.0), rates.ratios());
    assertEquals(0.9, rates.medianRatio());
    assertEquals(0.8, rates.leastRatio());
    assertEquals(1.0, rates.greatestRatio());
    assertEquals(2.5, PairedRates.median(List.of(4.0, 1.0, 3.0, 2.0)));
    assertThrows(IllegalArgumentException.class, () -> new PairedRates(List.of(1.0), List.of()));
  }

  @Test
  void wrongUsage() {
    assertEquals(2, test.run(BenchCommand::new, "bench", "--model=m", "--batch=0"));
    assertEquals(2, test.run(BenchCommand::new, "bench", "--model=m", "--population=1"));
    assertEquals(2, test.run(BenchCommand::new, "bench"));
    assertEquals(2, test.run(BenchCommand::new, "bench", "--all", "--model=m"));
    assertEquals(1, bench("--model=none"));
    assertTrue(test.err().contains("no network 'none'"), test.err());
    assertEquals(2, bench("--model=m", "--precision=x"));
    assertEquals(2, test.run(BenchCommand::new, "bench", "--model=m", "--seconds=NaN"));
    assertTrue(test.err().contains("was NaN"), test.err());
  }
}
