package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.TestEnvironment;
import org.whisker.evolution.EvolutionEntries;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.feature.models.ScoreCommand;
import org.whisker.feature.position.HeatmapCommand;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Region;
import org.whisker.image.Tones;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;

class EvolveCommandTest extends CommandFixture {
  private int evolve(String... more) {
    List<String> args = new ArrayList<>(List.of("evolve", "--device=cpu", "--quiet"));
    if (Stream.of(more).noneMatch(arg -> arg.matches("--(precision|resume).*"))) {
      args.add("--precision=float32"); // what auto comes to is not the same every time
    }
    args.addAll(List.of(more));
    return test.run(EvolveCommand::new, args.toArray(String[]::new));
  }

  private int small(Path out, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--model=tiny", "--runs=2", "--generations=3", "--population=20"));
    args.addAll(List.of("--target=0", "--out=" + out));
    args.addAll(List.of(more));
    return evolve(args.toArray(String[]::new));
  }

  @Test
  void writesEveryRunAndASummary() throws IOException {
    ModelCard card = TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    assertEquals(0, small(out, "--seed=9"), test.err());
    assertEquals("", test.err());
    assertTrue(test.out().contains("of 2 runs reached p(target) 0.5; written to " + out));

    List<CsvRow> summary = Csv.rows(out.resolve("summary.csv"));
    assertEquals(2, summary.size());
    for (int i = 0; i < 2; i++) {
      CsvRow row = summary.get(i);
      assertEquals(i + 1, row.integer("run"));
      assertEquals(9 + i, row.integer("seed"));
      assertEquals("generations", row.text("ending"));
      assertEquals(3, row.integer("generations"));
      assertTrue(row.integer("evaluations") >= 20, row.toString());
      Path run = out.resolve("runs").resolve(Integer.toString(i + 1));
      List<CsvRow> generations = Csv.rows(run.resolve("generations.csv"));
      assertEquals(4, generations.size());
      CsvRow last = generations.get(3);
      for (String same :
          List.of("p_target", "logit", "black_pixels", "edge_index", "evaluations")) {
        assertEquals(last.text(same), row.text(same), same);
      }
      assertSamePixels(run, Math.toIntExact(row.integer("black_pixels")));
    }
    assertManifest(out, card);
  }

  /** What a pixel adds. */
  @Test
  void deltasAreWithMinusWithout() throws IOException {
    TinyModels.save(home, "tiny");
    StoredModel model = new ModelStore(home.resolve("models")).open("tiny");
    Path out = home.resolve("out");
    assertEquals(0, small(out, "--seed=9"), test.err());
    Path manifest = out.resolve("manifest.json");
    JsonNode content = JsonFile.read(manifest);
    assertEquals("with - without", content.path("delta_logit").asText());
    List<CsvRow> added = Csv.rows(out.resolve("runs/1/best.csv"));
    assertFalse(added.isEmpty());
    BlackPixels best = ImageFiles.readBlackPixels(out.resolve("runs/1/best.png"));
    try (Classifier classifier =
        Classifiers.openAny(model, TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
      for (CsvRow row : added) {
        int pixel = best.canvas().index((int) row.integer("x"), (int) row.integer("y"));
        float[] logits = classifier.logits(List.of(best, best.without(pixel)));
        assertEquals(logits[0] - logits[1], row.number("delta_logit"), 1e-5);
      }
    }
  }

  private static void assertSamePixels(Path run, int count) throws IOException {
    GrayImage picture = ImageFiles.readGray(run.resolve("best.png"));
    assertEquals(TinyModels.SIDE, picture.canvas().width());
    Set<Integer> black = new TreeSet<>();
    for (int i = 0; i < picture.canvas().pixels(); i++) {
      assertTrue(picture.at(i) == 0 || picture.at(i) == 1, "gray " + picture.at(i));
      if (picture.at(i) == 0) {
        black.add(i);
      }
    }
    Set<Integer> listed = new TreeSet<>();
    for (CsvRow row : Csv.rows(run.resolve("best.csv"))) {
      int x = Math.toIntExact(row.integer("x"));
      listed.add(picture.canvas().index(x, Math.toIntExact(row.integer("y"))));
    }
    assertEquals(black, listed);
    assertEquals(count, black.size());
  }

  private static void assertManifest(Path out, ModelCard card) throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertEquals("evolve", manifest.get("command").asText());
    assertEquals("done", manifest.get("status").asText());
    assertEquals(card.weights().sha256(), manifest.at("/model/sha256").asText());
    assertEquals("cpu", manifest.get("device").asText());
    assertEquals(9, manifest.get("seed").asLong());
    assertEquals(2, manifest.get("runs").asInt());
    JsonNode evolution = manifest.get("evolution");
    assertEquals("quick", evolution.get("preset").asText());
    assertEquals(20, evolution.get("population").asInt());
    assertEquals("rectangle", evolution.get("crossover").asText());
    assertEquals(0.8, evolution.get("crossover_probability").asDouble());
    assertEquals(0.5, evolution.get("mutation_probability").asDouble());
    assertEquals("tournament:8", evolution.get("selection").asText());
    assertEquals(0.0002, evolution.get("lambda").asDouble());
    assertEquals(3, evolution.get("generations").asInt());
    assertFalse(evolution.has("target_probability"));
    for (String key : List.of("edit_mix", "edit_schedule", "elites", "fitness_scale")) {
      assertTrue(evolution.has(key), key);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    TinyModels.save(home, "tiny");
    Path first = home.resolve("first");
    Path second = home.resolve("second");
    Path other = home.resolve("other");
    assertEquals(0, small(first), test.err());
    assertEquals(0, small(second), test.err());
    assertEquals(0, small(other, "--seed=2"), test.err());
    assertEquals(2 * 8 + 5, Folders.files(first).size(), Folders.files(first).toString());
    assertEquals(Folders.files(first), Folders.files(second));
    for (Path file : Folders.files(first)) {
      if (!file.endsWith("manifest.json")) {
        assertArrayEquals(
            Files.readAllBytes(first.resolve(file)),
            Files.readAllBytes(second.resolve(file)),
            file.toString());
      }
    }
    String one = Files.readString(first.resolve("runs/1/generations.csv"));
    assertFalse(one.equals(Files.readString(other.resolve("runs/1/generations.csv"))));
    // run 2 of seed 1 is run 1 of seed 2
    assertEquals(
        Files.readString(first.resolve("runs/2/generations.csv")),
        Files.readString(other.resolve("runs/1/generations.csv")));
  }

  @Test
  void placesAndTonesReachTheRunAndTheManifest() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    String[] more = {
      "--region=0,0,8,8@0..9",
      "--start=pixels:5",
      "--background=0",
      "--ink=1",
      "--mutation-probability=1",
      "--offspring=20"
    };
    assertEquals(0, small(out, more), test.err());
    for (CsvRow row : Csv.rows(out.resolve("runs/1/best.csv"))) {
      assertTrue(row.integer("x") < 8 && row.integer("y") < 8, row.toString());
    }
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    Canvas canvas = Canvas.square(TinyModels.SIDE);
    EvolutionOptions back = EvolutionEntries.read(manifest.get("evolution"), canvas);
    assertEquals(new Tones(0, 1), back.tones());
    assertEquals(new FounderRule.Pixels(5), back.founders());
    assertEquals(Region.rectangle(canvas, 0, 0, 8, 8), back.regions().at(canvas, 8));
    assertEquals(new Replacement.SteadyState(20), back.genetic().replacement());
  }

  @Test
  void minimizesAndPaintsInOtherTones() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    String[] more = {
      "--start=pixels:5%",
      "--background=0.2",
      "--ink=0.9",
      "--target-class=not-cat",
      "--minimize",
      "--minimize-target=0.01"
    };
    assertEquals(0, small(out, more), test.err());
    assertTrue(test.out().contains("2 minimized at p(not-target) 0.01"), test.out());
    Path run = out.resolve("runs/2");
    Canvas canvas = Canvas.square(TinyModels.SIDE);
    for (String name : List.of("best", "minimal")) {
      GrayImage picture = ImageFiles.readGray(run.resolve(name + ".png"));
      Set<Integer> inked = new TreeSet<>();
      for (int i = 0; i < canvas.pixels(); i++) {
        int level = Math.round(picture.at(i) * 255);
        assertTrue(level == 51 || level == 230, "gray " + level);
        if (level == 230) {
          inked.add(i);
        }
      }
      Set<Integer> listed = new TreeSet<>();
      for (CsvRow row : Csv.rows(run.resolve(name + ".csv"))) {
        listed.add(canvas.index((int) row.integer("x"), (int) row.integer("y")));
      }
      assertEquals(listed, inked, name);
    }
    CsvRow summary = Csv.rows(out.resolve("summary.csv")).get(1);
    int minimal = Csv.rows(run.resolve("minimal.csv")).size();
    assertEquals(minimal, summary.integer("minimal_pixels"));
    assertTrue(summary.number("minimal_p_target") <= 0.99, "p(not-target) is 0.01 at least");
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals(0.01, manifest.get("minimize_target").asDouble());
    assertEquals(100_000, manifest.get("minimize_evaluations").asLong());
    String[] heatmap = {"heatmap", "--quiet", out.toString(), "--model=tiny"};
    assertEquals(0, test.run(HeatmapCommand::new, heatmap), test.err());
  }

  @Test
  void baselinesRunAndResumeLikeTheGeneticAlgorithm() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    String[] few = {
      "--model=tiny", "--runs=1", "--search=sparse-rs", "--pixels=9", "--max-evaluations=60"
    };
    assertEquals(0, evolve(with(with(few, "--target=0"), "--out=" + out)), test.err());
    CsvRow row = Csv.rows(out.resolve("summary.csv")).get(0);
    assertEquals("evaluations", row.text("ending"));
    assertEquals(60, row.integer("evaluations"));
    assertEquals(9, row.integer("black_pixels"));
    assertEquals("", row.text("minimal_pixels"));
    assertEquals(0, evolve("--resume=" + out), test.err());
  }

  @Test
  void extrasThatCannotBe() throws IOException {
    TinyModels.save(home, "tiny");
    assertRefused(2, "needs --minimize", "--model=tiny", "--minimize-target=0.5");
    assertRefused(2, "needs --minimize", "--model=tiny", "--minimize-evaluations=9");
    assertRefused(2, "was -9", "--model=tiny", "--minimize", "--minimize-evaluations=-9");
    assertRefused(2, "was 1.0", "--model=tiny", "--minimize", "--minimize-target=1");
    assertRefused(2, "were 0.5 and 0.501", "--model=tiny", "--background=0.501", "--ink=0.5");
  }

  @Test
  void theHelpIsInSections() {
    assertEquals(0, test.run(EvolveCommand::new, "evolve", "--help"));
    List<String> lines = test.out().lines().toList();
    int genetic = lines.indexOf("Only the genetic algorithm:");
    assertTrue(genetic > 0 && lines.get(genetic + 1).startsWith("      --elites=N"), test.out());
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), test.out());
    assertEquals("", test.err());
  }

  @Test
  void aPlaceOffTheCanvasIsWrongUsage() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(2, evolve("--model=tiny", "--region=0,0,33,1"));
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("0,0,33,1"), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @Test
  void aSmallPopulationIsPossible() throws IOException {
    TinyModels.save(home, "tiny");
    for (int population : new int[] {2, 3, 8}) {
      Path out = home.resolve("p" + population);
      String size = "--population=" + population;
      String[] few = {"--model=tiny", "--runs=1", "--generations=2", size, "--out=" + out};
      assertEquals(0, evolve(few), test.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runs=0",
        "--generations=0",
        "--population=1",
        "--population=-5",
        "--crossover=foo",
        "--crossover-probability=NaN",
        "--mutation-probability=2",
        "--lambda=-1",
        "--lambda=NaN",
        "--tournament=0",
        "--target=2",
        "--target=NaN",
        "--preset=x",
        "--precision=x",
        "--device=tpu",
        "--device=gpu:99",
        "--seed=x"
      })
  void impossibleOptions(String option) throws IOException {
    TinyModels.save(home, "tiny");
    List<String> args = new ArrayList<>(List.of("evolve", "--model=tiny"));
    args.add(option);
    assertEquals(2, test.run(EvolveCommand::new, args.toArray(String[]::new)), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    String value = option.substring(option.indexOf('=') + 1);
    assertTrue(test.err().contains(value), test.err());
    assertEquals("", test.out());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @Test
  void aMissingModelAndAFullFolder() throws IOException {
    Path out = home.resolve("out");
    assertEquals(1, evolve("--model=none", "--out=" + out));
    assertEquals(1, test.err().lines().count(), test.err());
    assertFalse(Files.exists(out));
    TinyModels.save(home, "tiny");
    Files.createDirectories(out);
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertEquals(2, evolve("--model=tiny", "--out=" + out));
    assertTrue(test.err().contains("--out " + out + " is not empty"), test.err());
    assertEquals(2, test.err().lines().count(), test.err());
    assertEquals(Set.of(Path.of("mine.txt")), Folders.files(out));
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  private static void assertSameResults(Path expected, Path actual) throws IOException {
    assertEquals(Folders.files(expected), Folders.files(actual));
    for (Path file : Folders.files(expected)) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(file)),
          Files.readAllBytes(actual.resolve(file)),
          file.toString());
    }
  }

  @Test
  void resumesWhatCtrlCStopped() throws IOException, InterruptedException {
    TinyModels.save(home, "tiny");
    Path whole = home.resolve("whole");
    String[] few = {
      "--model=tiny", "--runs=1", "--generations=200", "--population=8", "--target=0"
    };
    assertEquals(0, evolve(with(few, "--out=" + whole)), test.err());
    Path out = home.resolve("out");
    Thread user = new Thread(() -> signalOnce(out.resolve("runs/1/generations.csv.partial")));
    user.start();
    assertEquals(130, evolve(with(few, "--out=" + out)), test.err());
    user.join();
    assertTrue(test.err().contains("go on with: whisker evolve --resume " + out), test.err());
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals("stopped", manifest.get("status").asText());
    assertEquals("--device=cpu", manifest.get("arguments").get(0).asText());
    assertTrue(Files.exists(out.resolve("runs/1/checkpoint.bin")));

    newEnvironment();
    assertEquals(0, evolve("--resume=" + out), test.err());
    assertEquals("", test.err());
    assertSameResults(whole, out);
    String table = test.out();
    newEnvironment();
    assertEquals(0, evolve("--resume=" + out), test.err()); // nothing is left to do
    assertEquals(table, test.out());
    assertSameResults(whole, out);
  }

  private static String[] with(String[] options, String more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private void signalOnce(Path file) {
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    test.signal();
  }

  @Test
  void refusesToResumeWhatIsNotTheSame() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    assertEquals(0, small(out), test.err());
    assertRefused(2, "leave out --lambda", "--resume=" + out, "--lambda=0.5");
    assertRefused(2, "leave out --model=other", "--resume=" + out, "--model=other");
    assertRefused(2, "leave out --out", "--resume=" + out, "--out=" + home);
    assertRefused(1, "has no manifest.json; name a folder that whisker evolve", "--resume=" + home);
    assertRefused(2, "Missing required option: '--model=NAME'", "--runs=2");
    assertRefused(2, "--checkpoint-every must be at least 1, was 0", "--checkpoint-every=0");
    assertRefused(2, "--runs must be at most 1000000", "--model=tiny", "--runs=1000001");
    assertRefused(2, "--checkpoint-seconds", "--checkpoint-seconds=NaN");
    assertRefused(
        2, "--time must be like 90s, 10m or 2h, was 'soon'", "--model=tiny", "--time=soon");

    Path manifest = out.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"elites\" : 10", "\"elites\" : 90"));
    assertRefused(1, "the manifest's evolution can't be read: ", "--resume=" + out);
    Files.writeString(manifest, text.replace("\"seed\" : 1,\n  \"runs", "\"seed\" : 2,\n  \"runs"));
    assertRefused(1, "manifest.json: seed is 2, here it is 1", "--resume=" + out);
    Files.writeString(manifest, text.replace("\"minimize_evaluations\"", "\"unheard_of\""));
    assertRefused(1, "manifest.json: configuration: ", "--resume=" + out);
    Files.writeString(manifest, text.substring(0, 100));
    assertRefused(1, "manifest.json is not valid JSON", "--resume=" + out);
    Files.writeString(manifest, text.replaceAll("\"sha256\" : \"..", "\"sha256\" : \"__"));
    assertRefused(1, "model sha256 is \"__", "--resume=" + out);
  }

  private void assertRefused(int exitCode, String why, String... options) {
    newEnvironment();
    assertEquals(exitCode, evolve(options), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(why), test.err());
  }

  private static JsonNode manifest(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
  }

  @Test
  void whatAutoCameToIsRecordedAndKept() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    assertEquals(0, small(out, "--precision=auto"), test.err());
    JsonNode recorded = manifest(out);
    JsonNode choice = recorded.get("precision_choice");
    FastBfloat16 device = FastBfloat16.on(TorchDevice.cpu());
    assertTrue(choice.get("reason").asText().startsWith(device.reason()), "" + choice);
    assertEquals(device.available(), choice.has("spearman_siblings"), "" + choice);
    assertEquals(device.available() ? 0.98 : 0, choice.path("least_spearman_siblings").asDouble());
    assertEquals(20, recorded.get("batch").asInt());

    String chosen = recorded.get("precision").asText();
    String other = chosen.equals("float32") ? "bfloat16" : "float32";
    String edited = Files.readString(out.resolve("manifest.json"));
    Files.writeString(
        out.resolve("manifest.json"),
        edited
            .replace("\"precision\" : \"" + chosen, "\"precision\" : \"" + other)
            .replace("\"batch\" : 20", "\"batch\" : 7"));
    Files.delete(out.resolve("summary.csv"));
    assertEquals(0, evolve("--resume=" + out), test.err());
    assertEquals(other, manifest(out).get("precision").asText(), "not chosen again");
    assertEquals(7, manifest(out).get("batch").asInt());
    assertEquals(choice, manifest(out).get("precision_choice"));
    assertTrue(Files.exists(out.resolve("summary.csv")));
  }

  @Test
  void autoIsTheSameEachTime() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(0, small(home.resolve("a"), "--precision=auto"), test.err());
    assertEquals(0, small(home.resolve("b"), "--precision=auto"), test.err());
    for (String entry : List.of("precision", "precision_choice")) {
      assertEquals(
          manifest(home.resolve("a")).get(entry), manifest(home.resolve("b")).get(entry), entry);
    }
    assertEquals(
        Files.readString(home.resolve("a/summary.csv")),
        Files.readString(home.resolve("b/summary.csv")));
  }

  @Test
  void aBfloat16SearchReportsFloat32() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    assertEquals(0, small(out, "--precision=bfloat16"), test.err());
    assertEquals("bfloat16", manifest(out).get("precision").asText());
    assertFalse(manifest(out).has("precision_choice"), "it was asked for");
    for (CsvRow row : Csv.rows(out.resolve("summary.csv"))) {
      Path best = out.resolve("runs").resolve(row.text("run")).resolve("best.png");
      TestEnvironment scoring = new TestEnvironment(home);
      assertEquals(
          0,
          scoring.run(ScoreCommand::new, "score", "--model=tiny", "--device=cpu", best.toString()),
          scoring.err());
      String logit = scoring.out().lines().toList().get(1).split(",", -1)[1];
      assertEquals(Double.parseDouble(logit), row.number("logit"), 1e-5);
    }
  }

  @Test
  void aManifestThatSaysNoPrecisionOrBatch() throws IOException {
    TinyModels.save(home, "tiny");
    Path out = home.resolve("out");
    assertEquals(0, small(out), test.err());
    String good = Files.readString(out.resolve("manifest.json"));
    Files.writeString(out.resolve("manifest.json"), good.replace("\"float32\"", "\"int8\""));
    assertEquals(1, evolve("--resume=" + out));
    assertTrue(test.err().contains("precision is 'int8'"), test.err());
    Files.writeString(
        out.resolve("manifest.json"), good.replace("\"batch\" : 20", "\"batch\" : 0"));
    assertEquals(1, evolve("--resume=" + out));
    assertTrue(test.err().contains("batch is 0"), test.err());
  }
}
