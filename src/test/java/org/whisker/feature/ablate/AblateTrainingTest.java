package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.InterruptedRun;
import org.whisker.command.TestEnvironment;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

/** The experiments whose arms have networks of their own. */
class AblateTrainingTest extends CommandFixture {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void modelAndPhotos() throws IOException {
    TinyModels.saveTrained(home, "tiny");
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 4);
    }
  }

  private String[] args(Path out, String names, String... more) {
    List<String> args = new ArrayList<>(List.of("ablate", names, "--device=cpu", "--model=tiny"));
    args.addAll(List.of("--runs=2", "--max-evaluations=60", "--format=svg", "--out=" + out));
    if (List.of(more).contains(data())) {
      args.add("--networks=2");
    }
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private String data() {
    return "--data=" + home.resolve("photos");
  }

  private int ablate(String... args) {
    return test.run(AblateCommand::new, args);
  }

  private static void kill(Path folder) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"status\" : \"done\"", "\"status\" : \"running\""));
  }

  @Test
  void stoppedInATrainingAndInARunItEndsWithTheSameBytes() throws IOException {
    String names = "retrained-padding,head";
    Path whole = home.resolve("whole");
    assertEquals(0, ablate(args(whole, names, data())), test.err());

    Path killed = home.resolve("killed");
    String[] begun = args(killed, names, data(), "--verbose");
    String at = "replicate";
    assertEquals(130, InterruptedRun.at(at, test, AblateCommand::new, err, begun), test.err());
    Path trained = killed.resolve("trained/tiny");
    List<String> there = List.copyOf(Folders.names(trained));
    assertEquals(2 + 1, there.size(), there.toString()); // two are whole, of one an epoch is
    assertTrue(there.get(2).matches("padding-replicate-1-[0-9a-f]{12}.training"), there.toString());
    assertTrue(Files.exists(trained.resolve(there.get(2)).resolve("checkpoint.safetensors")));
    assertFalse(Files.exists(killed.resolve("runs")));

    assertEquals(0, ablate("ablate", "--resume=" + killed), test.err());
    assertTrue(test.err().contains("test accuracy"), test.err());
    List<Path> runs = Folders.files(killed).stream().filter(f -> f.startsWith("runs")).toList();
    assertEquals((4 + 2) * 2 * 2, runs.size()); // arms, networks of each, runs of each
    Files.delete(killed.resolve(runs.get(5)));
    kill(killed);
    assertEquals(0, ablate("ablate", "--resume=" + killed, "--quiet"), test.err());
    assertEquals(Folders.files(whole), Folders.files(killed));
    for (Path file : Folders.files(whole)) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)),
          Files.readAllBytes(killed.resolve(file)),
          file.toString());
    }
  }

  /** Killed when the network was saved, before its charts were drawn. */
  @Test
  void aTrainingThatDidNotEndIsGoneOnWith() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, ablate(args(out, "head", data(), "--train-epochs=1")), test.err());
    ModelStore networks = new ModelStore(out.resolve("trained/tiny"));
    String name = networks.list().get(1);
    Path chart = out.resolve("trained/tiny/" + name + "/training.svg");
    String drawn = Files.readString(chart);
    Files.delete(chart);
    Path work = Files.createDirectories(out.resolve("trained/tiny/" + name + ".training"));
    Files.writeString(work.resolve("saving.txt"), networks.card(name).created().toString());
    kill(out);
    assertEquals(0, ablate("ablate", "--resume=" + out, "--quiet"), test.err());
    assertEquals(drawn, Files.readString(chart));
    assertFalse(Files.exists(work));
  }

  @Test
  void tellsOfEveryNetworkWhetherItIsAnyGood() throws IOException {
    Path out = home.resolve("out");
    String[] args = args(out, "training-position,founders", data(), "--train-epochs=1", "--quiet");
    assertEquals(0, ablate(args), test.err());
    List<CsvRow> networks = Csv.rows(out.resolve("tiny/training-position/networks.csv"));
    assertEquals(List.of("centred", "centred", "shifted", "shifted"), column(networks, "arm"));
    assertEquals(List.of("1", "2", "1", "2"), column(networks, "number"));
    assertEquals(List.of("5", "6", "5", "6"), column(networks, "seed"));
    for (CsvRow network : networks) {
      assertEquals(1, network.integer("epochs"));
      assertEquals(8, network.integer("test_photos"));
      assertTrue(network.number("test_accuracy") >= 0 && network.number("white_p_target") > 0);
      ModelCard card =
          new ModelStore(out.resolve("trained/tiny")).open(network.text("network")).card();
      assertEquals(network.text("sha256"), card.weights().sha256());
      TrainingRecord record = java.util.Objects.requireNonNull(card.training());
      String shift = network.text("arm").equals("shifted") ? "0.5" : "0.0";
      assertEquals(shift, record.options().get("shift"));
      assertEquals("", network.text("fine_tuned_from"));
      assertTrue(record.researchOnly(), "as the model's own photos");
    }
    assertEquals(
        List.of("shifted"),
        column(Csv.rows(out.resolve("summary.csv")), "comparison").subList(2, 3));
    List<CsvRow> arms = Csv.rows(out.resolve("tiny/training-position/arms.csv"));
    assertEquals(2 * 2 * 2, arms.size());
    assertEquals(List.of("1", "2", "1", "2"), column(arms, "seed").subList(0, 4));
    assertEquals(List.of("1", "2", "1", "2"), column(arms, "run").subList(0, 4));
    assertTrue(arms.get(1).text("variant").startsWith("retrained-shift-0.0-1-"));
    assertTrue(arms.get(2).text("variant").startsWith("retrained-shift-0.0-2-"));
    assertNotEquals(arms.get(0).text("p_target"), arms.get(2).text("p_target"));
    List<CsvRow> effects = Csv.rows(out.resolve("tiny/training-position/effect.csv"));
    for (CsvRow effect : effects) {
      assertEquals(2, effect.integer("seeds") + effect.integer("dropped"), "networks, not runs");
    }
    assertFalse(Files.exists(out.resolve("tiny/founders/networks.csv")));
    assertFalse(Files.exists(out.resolve("tiny/founders/manipulation.csv")));
    manipulationIsCheckedOnce(out);
  }

  private void manipulationIsCheckedOnce(Path out) throws IOException {
    Path file = out.resolve("tiny/training-position/manipulation.csv");
    CsvRow check = Csv.rows(file).get(0);
    assertEquals("centred", check.text("control"));
    assertEquals("shifted", check.text("treatment"));
    assertEquals(2, check.integer("networks"));
    assertEquals(8, check.integer("photos"));
    assertEquals(0.5, check.number("most_shift"));
    double spared =
        check.number("control_accuracy")
            - check.number("control_shifted_accuracy")
            - check.number("treatment_accuracy")
            + check.number("treatment_shifted_accuracy");
    assertEquals(spared, check.number("spared"), 1e-9);
    test = TestEnvironment.withoutCharts(home);
    // kept as long as the networks are the same
    Files.writeString(file, Files.readString(file).replace("centred,", "kept,"));
    kill(out);
    assertEquals(0, ablate("ablate", "--resume=" + out, "--quiet"), test.err());
    assertEquals("kept", Csv.rows(file).get(0).text("control"));
    Files.writeString(file, Files.readString(file).replace(check.text("networks_sha256"), "0"));
    kill(out);
    assertEquals(0, ablate("ablate", "--resume=" + out, "--quiet"), test.err());
    assertEquals(check.number("p"), Csv.rows(file).get(0).number("p"));
    assertEquals("centred", Csv.rows(file).get(0).text("control"));
  }

  @Test
  void goesOnFromTheModelsOwnWeights() throws IOException {
    test = TestEnvironment.withoutCharts(home);
    Path out = home.resolve("out");
    String[] args = args(out, "retrained-padding", data(), "--train-from=model", "--quiet");
    assertEquals(0, ablate(args), test.err());
    List<CsvRow> networks = Csv.rows(out.resolve("tiny/retrained-padding/networks.csv"));
    assertEquals(4 * 2, networks.size());
    ModelStore trained = new ModelStore(out.resolve("trained/tiny"));
    ModelCard tiny = new ModelStore(home.resolve("models")).card("tiny");
    for (CsvRow network : networks) {
      TrainingRecord record =
          java.util.Objects.requireNonNull(trained.card(network.text("network")).training());
      assertEquals("tiny", record.options().get("init"));
      assertEquals(tiny.weights().sha256(), record.options().get("init-sha256"));
      assertEquals("tiny", network.text("fine_tuned_from"));
      assertEquals(1, record.epochs());
    }
    kill(out);
    assertEquals(0, ablate("ablate", "--resume=" + out, "--quiet"), test.err());
    assertEquals("", test.err());
  }

  private static List<String> column(List<CsvRow> rows, String name) {
    List<String> cells = new ArrayList<>();
    for (CsvRow row : rows) {
      try {
        cells.add(row.text(name));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return cells;
  }

  @Test
  void aTunedModelThatCantBeTrainedOnIsNotSentToWhatWasAsked() throws IOException {
    Map<String, String> options = Map.of("batch", "4", "init", "donor", "balance", "on");
    TrainingRecord tuned = new TrainingRecord("noise", false, Map.of(), 2, 5, options);
    ModelCard card = TinyModels.trained(TinyModels.card("tuned"), tuned);
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 7);
    new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
    Path out = home.resolve("out");
    String[] args = {
      "ablate", "head", "--model=tuned", data(), "--train-from=model", "--out=" + out
    };
    assertEquals(2, ablate(args));
    assertTrue(test.err().contains("can't repeat"), test.err());
    assertTrue(test.err().contains("balance"), test.err());
    assertFalse(test.err().contains("take --train-from"), test.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void withoutPhotosItSaysHow() {
    Path out = home.resolve("out");
    assertEquals(2, ablate(args(out, "head")));
    assertTrue(
        test.err().contains("head can't be done on tiny: arm flattening: its networks are to be"),
        test.err());
    assertTrue(test.err().contains("name photos by --data DIR"), test.err());
    assertEquals(2, ablate(args(out, "head", "--train-epochs=3")));
    assertTrue(test.err().contains("--train-epochs is of networks that are trained"), test.err());
    assertEquals(2, ablate(args(out, "head", "--networks=3")));
    assertTrue(test.err().contains("--networks is of networks that are trained"), test.err());
    assertEquals(2, ablate(args(out, "head", "--train-from=model")));
    assertTrue(test.err().contains("--train-from is of networks that are trained"), test.err());
    assertEquals(2, ablate(args(out, "head", "--train-from=nowhere")));
    assertTrue(test.err().contains("must be scratch or model, was 'nowhere'"), test.err());
    assertEquals(2, ablate(args(out, "head", "--data=" + home.resolve("models"))));
    assertTrue(test.err().contains("has no folder train"), test.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void otherPhotosAreAnotherExperiment() throws IOException {
    test = TestEnvironment.withoutCharts(home);
    Path out = home.resolve("out");
    assertEquals(0, ablate(args(out, "head", data(), "--train-epochs=1", "--quiet")), test.err());
    kill(out);
    TinyModels.photos(home.resolve("photos/test"), 5);
    assertEquals(1, ablate("ablate", "--resume=" + out));
    assertTrue(test.err().contains("training is {"), test.err());
    assertTrue(test.err().contains("results would be mixed"), test.err());
  }

  @Test
  void aNetworkOfAnotherTrainingIsNotTaken() throws IOException {
    test = TestEnvironment.withoutCharts(home);
    Path out = home.resolve("out");
    assertEquals(0, ablate(args(out, "head", data(), "--train-epochs=1", "--quiet")), test.err());
    kill(out);
    String pooled = List.copyOf(Folders.names(out.resolve("trained/tiny"))).get(3);
    Path card = out.resolve("trained/tiny").resolve(pooled).resolve("model.json");
    Files.writeString(card, Files.readString(card).replace("\"epochs\" : 1", "\"epochs\" : 2"));
    assertEquals(1, ablate("ablate", "--resume=" + out));
    assertTrue(test.err().contains(pooled + " is a network of another training"), test.err());
  }
}
