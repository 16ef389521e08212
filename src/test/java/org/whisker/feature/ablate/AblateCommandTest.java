package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Measure;
import org.whisker.ablation.RunPlan;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.Experiments;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.network.CircularPadding;
import org.whisker.network.Network;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

class AblateCommandTest extends CommandFixture {
  private static final List<String> TRAINED =
      List.of("retrained-padding", "training-position", "barrier-origin", "head");

  @BeforeEach
  void environment() throws IOException {
    TinyModels.save(home, "tiny");
  }

  private int ablate(String... args) {
    return command(AblateCommand::new, List.of("ablate", "--device=cpu", "--quiet"), args);
  }

  private int small(Path out, String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--model=tiny", "--runs=2", "--max-evaluations=150", "--out=" + out));
    return ablate(args.toArray(String[]::new));
  }

  @Test
  void writesARowForEachRunAndEffectsByEveryMeasure() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, small(out, "regions", "--seed=5"), test.err());
    Path folder = out.resolve("tiny").resolve("regions");
    List<CsvRow> arms = Csv.rows(folder.resolve("arms.csv"));
    assertEquals(4 * 2, arms.size());
    for (int i = 0; i < arms.size(); i++) {
      assertEquals(5 + i % 2, arms.get(i).integer("seed"));
      assertTrue(arms.get(i).integer("evaluations") >= 150, arms.get(i).toString());
    }
    List<CsvRow> effects = Csv.rows(folder.resolve("effect.csv"));
    assertEquals(4 * Measure.values().length, effects.size());
    long decisive = effects.stream().filter(row -> row.cells().get(3).equals("1")).count();
    assertEquals(1, decisive); // of the others nothing is predicted
    for (String name :
        List.of("edge-index.png", "edge-index.svg", "heatmaps.png", "price-ratio.csv")) {
      assertTrue(Files.isRegularFile(folder.resolve(name)), name);
    }
    assertTrue(Files.isRegularFile(out.resolve("overview.png")));
    assertEquals(4, Csv.rows(out.resolve("summary.csv")).size());
    assertEquals(0, Csv.rows(out.resolve("skipped.csv")).size());
    assertEquals("done", JsonFile.read(out.resolve("manifest.json")).path("status").asText());
  }

  @Test
  void resumedAfterAKillItEndsWithTheSameBytes() throws IOException {
    Path whole = home.resolve("whole");
    assertEquals(0, small(whole, "founders"), test.err());
    Path killed = home.resolve("killed");
    assertEquals(0, small(killed, "founders"), test.err());
    // as a kill in the middle of the second arm would have left it
    List<Path> runs = Folders.files(killed).stream().filter(f -> f.startsWith("runs")).toList();
    assertEquals(3 * 2, runs.size());
    Path lost = killed.resolve(runs.get(3));
    // no process has that number
    Path half = lost.resolveSibling("." + lost.getFileName() + ".4194305-1.partial");
    Files.move(lost, half);
    Files.writeString(half, "seed,end");
    for (String name : List.of("tiny/founders/arms.csv", "tiny/founders/effect.csv")) {
      Files.delete(killed.resolve(name));
    }
    Files.delete(killed.resolve("summary.csv"));
    Path manifest = killed.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"status\" : \"done\"", "\"status\" : \"running\""));

    Files.writeString(manifest, Files.readString(manifest).replace("one-pixel", "two-pixels"));
    assertEquals(1, ablate("--resume=" + killed));
    assertTrue(test.err().contains("begun with other arms of founders"), test.err());
    Files.writeString(manifest, Files.readString(manifest).replace("two-pixels", "one-pixel"));
    assertEquals(0, ablate("--resume=" + killed), test.err());
    assertEquals(Folders.files(whole), Folders.files(killed));
    for (Path file : Folders.files(whole)) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)),
          Files.readAllBytes(killed.resolve(file)),
          file.toString());
    }
  }

  /** A model with feature maps of a single pixel, in which nothing can be reflected. */
  private void saveSmaller() throws IOException {
    ModelCard card = TinyModels.card("smaller");
    ModelCard smaller =
        new ModelCard(
            card.name(),
            new Architecture(
                Architecture.Kind.INCEPTION_RESNET_V2, 0.125, List.of(1, 1, 1), true, 0, 1, 0.2),
            new ModelCard.Input(1, 75, 75),
            card.preprocessing(),
            card.output(),
            card.padding(),
            null,
            null,
            card.weights(),
            card.created(),
            card.whiskerVersion());
    FormulaWeights weights = new FormulaWeights(Networks.of(smaller).parameters(), 7);
    new ModelStore(home.resolve("models")).save(smaller, weights, DType.F32);
  }

  @Test
  void aModelThatCannotTakeAnInterventionIsRefusedBeforeAnyRun() throws IOException {
    saveSmaller();
    Path out = home.resolve("out");
    assertEquals(2, ablate("padding", "--model=smaller", "--out=" + out));
    assertTrue(test.err().contains("padding can't be done on smaller: arm reflect: "), test.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void whatIsAskedMustExist() {
    assertEquals(2, ablate("gravity", "--model=tiny"));
    assertTrue(test.err().contains("there is no experiment 'gravity'; there are"), test.err());
    assertEquals(2, ablate("paddng"));
    assertTrue(test.err().contains("no experiment 'paddng' (like padding?); there"), test.err());
    assertEquals(2, ablate());
    assertEquals(2, ablate("regions", "--model=tiny,tiny"));
    assertTrue(test.err().contains("--model names tiny twice; name it once"), test.err());
    assertEquals(2, ablate("regions", "--model=tiny", "--target=1"));
    assertEquals(2, ablate("regions", "--model=tiny", "--max-evaluations=0"));
  }

  @Test
  void listExplainsEveryExperiment() {
    assertEquals(0, ablate("list"), test.err());
    for (Ablation ablation : Experiments.all()) {
      assertTrue(test.out().contains(ablation.id() + " (hypothesis "), ablation.id());
    }
  }

  @Test
  void resumingTakesNothingElse() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, small(out, "founders", "--format=svg"), test.err());
    assertEquals(2, ablate("--resume=" + out, "--runs=3"));
    assertEquals(2, ablate("padding", "--resume=" + out));
    assertEquals(0, ablate("--resume=" + out));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
  }

  @Test
  void everyExperimentIsDone() throws IOException {
    Path out = home.resolve("out");
    // of thousands of runs without a network AttributionTest has the proof
    List<String> names =
        Experiments.all().stream()
            .map(Ablation::id)
            .filter(id -> !id.equals("operators") && !TRAINED.contains(id)) // RetrainingTest
            .toList();
    int code =
        ablate(
            String.join(",", names),
            "--model=tiny",
            "--runs=2",
            "--max-evaluations=60",
            "--format=svg",
            "--out=" + out);
    assertEquals(0, code, test.err());
    for (String name : List.of("overview.svg", "tiny/safe-harbour/rings.csv")) {
      assertTrue(Files.isRegularFile(out.resolve(name)), name);
    }
    Set<String> experiments = new TreeSet<>();
    for (CsvRow row : Csv.rows(out.resolve("summary.csv"))) {
      experiments.add(row.text("experiment"));
    }
    for (String name : names) {
      assertTrue(Files.isRegularFile(out.resolve("tiny/" + name + "/arms.csv")), name);
    }
    List<String> padded = new ArrayList<>();
    for (CsvRow row : Csv.rows(out.resolve("tiny/place-parts-layers/part_places.csv"))) {
      if (row.text("kind").equals("padding of a layer")) {
        padded.add(row.text("place"));
      }
    }
    Network tiny = Networks.of(new ModelStore(home.resolve("models")).card("tiny"));
    assertEquals(CircularPadding.paddedLayers(tiny), padded, "layer by layer where they are few");
    Set<String> compared = new TreeSet<>(names);
    // they only describe, or have nothing to compare on so small a network
    compared.removeAll(Set.of("carriers", "place-parts-layers"));
    assertEquals(compared, experiments);
  }

  @Test
  void allSkipsWhatAModelCannotTake() throws IOException {
    saveSmaller();
    ModelStore store = new ModelStore(home.resolve("models"));
    StoredAblatedModel model =
        new StoredAblatedModel(
            store.open("smaller"), TorchClassifier.Settings.cpu(Precision.FLOAT32));
    AblateJob job =
        AblateJob.of(
            Experiments.all(),
            List.of(model),
            m -> AblateJob.setting(m, EvolutionOptions.quick(), 5000, OptionalInt.empty(), 1),
            new RunPlan(10, 8, 1, 0.5, 100),
            true);
    assertEquals(
        List.of(
            "padding",
            "retrained-padding",
            "training-position",
            "barrier-origin",
            "head",
            "factorial"),
        job.skipped().stream().map(s -> s.experiment()).toList());
    assertTrue(job.skipped().get(0).reason().endsWith("too small to reflect; take a larger input"));
    assertEquals(Experiments.all().size() - 6, job.tasks().size());
  }

  @Test
  void interruptedItKeepsWhatIsDone() throws IOException {
    Path out = home.resolve("out");
    test.environment().interrupts().listen();
    test.signal();
    assertEquals(130, small(out, "founders"), test.err());
    assertEquals("stopped", JsonFile.read(out.resolve("manifest.json")).path("status").asText());
    assertTrue(test.err().contains("go on with: whisker ablate --resume " + out), test.err());
  }

  @Test
  void factorsMustExist() {
    assertEquals(2, ablate("factorial", "--model=tiny", "--factors=padding"));
    assertEquals(2, ablate("factorial", "--model=tiny", "--factors=padding:mirror,founders"));
    assertTrue(test.err().contains("padding has no level mirror"), test.err());
  }
}
