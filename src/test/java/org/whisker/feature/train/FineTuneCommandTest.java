package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.whisker.classifier.StoredModel;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.InterruptedRun;
import org.whisker.io.Csv;

class FineTuneCommandTest extends CommandFixture {
  @BeforeEach
  void modelAndPhotos() throws IOException {
    TinyModels.save(home, "base");
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 4);
    }
  }

  private String[] args(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--init=base", "--batch=4"));
    args.addAll(List.of("--epochs=3", "--frozen-epochs=2", "--precision=float32", "--averaging=1"));
    args.addAll(List.of("--data=" + home.resolve("photos"), "--out=" + name));
    for (String option : more) {
      args.removeIf(given -> given.startsWith(option.replaceFirst("=.*", "=")));
    }
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private StoredModel model(String name) throws IOException {
    return new ModelStore(home.resolve("models")).open(name);
  }

  @Test
  void tunesAModelAndSaysFromWhich() throws IOException {
    assertEquals(0, test.run(TrainCommand::new, args("tuned")), test.err());
    ModelCard base = model("base").card();
    ModelCard card = model("tuned").card();
    assertEquals(base.architecture(), card.architecture());
    assertEquals(base.preprocessing(), card.preprocessing());
    TrainingRecord training = card.training();
    assertNotNull(training);
    Map<String, String> options = training.options();
    assertEquals("base", options.get("init"));
    assertEquals(base.weights().sha256(), options.get("init-sha256"));
    assertEquals("2", options.get("frozen-epochs"));
    assertEquals(Double.toString(0.01 * 0.002), options.get("release-rate"));
    assertFalse(options.containsKey("balance"), options.toString());
    assertEquals(3, Csv.rows(home.resolve("models/tuned/training.csv")).size());
    assertFalse(Files.exists(home.resolve("models/tuned.training")));
  }

  @Test
  void aNewHeadIsTrainedAndItsLineMakesItAgain() throws IOException {
    String[] flat = args("flat", "--head=flattened", "--features=features.23");
    assertEquals(0, test.run(TrainCommand::new, flat), test.err());
    ModelCard card = model("flat").card();
    assertEquals("flattened", options("flat").get("head"));
    assertEquals(List.of(1, 32 * 4 * 4), model("flat").weights().shape("head.logit.weight"));
    String line = String.join(" ", TrainArguments.of(card).orElseThrow());
    assertTrue(line.contains("--features features.23") && line.contains("--head flattened"), line);
    assertEquals(2, test.run(TrainCommand::new, args("no", "--features=nowhere")));
    assertTrue(test.err().contains("--init base: no layer nowhere"), test.err());
  }

  @Test
  void stoppedWhileFrozenItEndsTheSame() throws IOException {
    assertEquals(0, test.run(TrainCommand::new, args("whole")), test.err());
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] verbose = args("cut", "--verbose");
    assertEquals(130, InterruptedRun.at("epoch 1: ", test, TrainCommand::new, err, verbose));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("after epoch 1 of 3"), said);
    assertTrue(Files.isDirectory(home.resolve("models/cut.training/features")));
    assertEquals(0, test.run(TrainCommand::new, args("cut")), test.err());
    assertEquals(model("whole").card().weights().sha256(), model("cut").card().weights().sha256());
    assertFalse(Files.exists(home.resolve("models/cut.training")));
  }

  @Test
  void whatResearchOnlyWeightsBecomeIsResearchOnly() throws IOException {
    String[] first = args("first", "--research-only", "--epochs=1");
    assertEquals(0, test.run(TrainCommand::new, first), test.err());
    String[] second = args("second", "--init=first", "--epochs=1");
    assertEquals(0, test.run(TrainCommand::new, second), test.err());
    TrainingRecord training = model("second").card().training();
    assertNotNull(training);
    assertTrue(training.researchOnly());
    assertEquals("first", training.options().get("init"));
  }

  @Test
  void unevenClassesAreBalancedUnlessToldNot() throws IOException {
    for (int i = 1; i < 4; i++) {
      String name = (i % 2 == 0 ? "web_" : "lab_") + i + ".png";
      Files.delete(home.resolve("photos/train/cat").resolve(name));
    }
    assertEquals(0, test.run(TrainCommand::new, args("auto", "--frozen-epochs=9")), test.err());
    assertEquals("on", options("auto").get("balance"));
    assertEquals(0, test.run(TrainCommand::new, args("off", "--balance=off")), test.err());
    assertFalse(options("off").containsKey("balance"));
    assertEquals(2, test.run(TrainCommand::new, args("bad", "--balance=maybe")));
    assertTrue(test.err().contains("--balance must be auto, on or off, was 'maybe'"), test.err());
  }

  private Map<String, String> options(String name) throws IOException {
    TrainingRecord training = model(name).card().training();
    assertNotNull(training);
    return training.options();
  }

  @Test
  void aCsvIsAsGoodAsFolders() throws IOException {
    StringBuilder rows = new StringBuilder("path,label,split\n");
    for (String split : List.of("train", "val", "test")) {
      for (String label : List.of("cat", "not_cat")) {
        for (int i = 0; i < 4; i++) {
          String name = (i % 2 == 0 ? "web_" : "lab_") + i + ".png";
          rows.append("photos/%s/%s/%s,%s,%s%n".formatted(split, label, name, label, split));
        }
      }
    }
    Path csv = home.resolve("photos.csv");
    Files.writeString(csv, rows);
    assertEquals(0, test.run(TrainCommand::new, args("rows", "--data=" + csv)), test.err());
    TrainingRecord training = model("rows").card().training();
    assertNotNull(training);
    assertEquals("photos.csv", training.data());
    assertEquals(4, training.photos().get("test/not_cat"));

    String[] evaluate = {"evaluate", "--model=rows", "--data=" + csv, "--out=" + home.resolve("e")};
    assertEquals(0, test.run(EvaluateCommand::new, evaluate), test.err());
    assertEquals(8, Csv.rows(home.resolve("e/predictions.csv")).size());

    Files.writeString(csv, rows.toString().replace(",cat,val", ",car,val"));
    assertEquals(1, test.run(TrainCommand::new, args("x", "--data=" + csv)));
    assertTrue(test.err().contains("photos.csv, line 10: the label 'car'"), test.err());
  }

  @Test
  void wrongUsage() {
    refused("--arch and --init exclude each other", args("x", "--arch=vgg16"));
    refused("--width and --init exclude each other", args("x", "--width=0.5"));
    refused("--init base: the input is too small", args("x", "--size=8"));
    refused("release rate must be in (0, 1)", args("x", "--release-rate=2"));
    refused("frozen epochs must not be negative: -1", args("x", "--frozen-epochs=-1"));
    refused("--device must be", args("x", "--device=tpu"));
    String data = "--data=" + home.resolve("photos");
    refused("name the network: --arch", "train", data, "--out=x");
    refused("go with --init", "train", data, "--out=x", "--arch=vgg16", "--frozen-epochs=2");
    assertEquals(1, test.run(TrainCommand::new, "train", data, "--out=x", "--init=gone"));
    assertTrue(test.err().contains("no model at"), test.err());
  }

  private void refused(String words, String... args) {
    assertEquals(2, test.run(TrainCommand::new, args), test.err());
    assertTrue(test.err().contains(words), test.err());
  }
}
