package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.models.LayerTables.LayerRow;
import org.whisker.feature.saliency.SaliencyCommand;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Npy;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** An ONNX file becomes a model for which everything works that needs its layers. */
class ImportOnnxTest extends CommandFixture {
  private static final Path FIXTURES = Path.of("src/test/resources/onnx").toAbsolutePath();

  private int models(String... args) {
    return command(ModelsCommand::new, List.of("models"), args);
  }

  private void importFixture(String name) {
    String file = FIXTURES.resolve(name + ".onnx").toString();
    assertEquals(
        0,
        models("import", file, "--name", name, "--cat", "1,3", "--mean", "0.5", "--std", "0.25"),
        test.err());
  }

  @Test
  void whatAKilledImportLeftIsRemoved() throws IOException {
    // no system has so many processes
    Path left = home.resolve("models/.mobilenet-v3.999999999.part");
    Files.createDirectories(left);
    Files.createFile(left.resolve("weights.safetensors"));
    Path other = Files.createDirectories(home.resolve("models/.other.999999999.part"));
    importFixture("mobilenet-v3");
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(other), "of another model");
  }

  /**
   * Five outputs stand for a picture's vector. Along each axis the logit is its cosine, which
   * differs from that of another as the outputs do, over the vector's length.
   */
  @Test
  void aClassCanBeTheVectorOfAText() throws IOException {
    double[] cosines = new double[5];
    double[] logits = new double[5];
    for (int i = 0; i < 5; i++) {
      float[] axis = new float[5];
      axis[i] = 1;
      Npy.write(home.resolve("text.npy"), 1, 5, axis);
      cosines[i] = -logit("text-" + i, "it=" + home.resolve("text.npy")) / 100;
      double odds = -logit("class-" + i, "it=" + i);
      logits[i] = odds - Math.log1p(Math.exp(odds)); // log softmax
    }
    assertEquals(1, Arrays.stream(cosines).map(c -> c * c).sum(), 1e-5);
    double length = (logits[1] - logits[0]) / (cosines[1] - cosines[0]);
    assertTrue(length > 0);
    for (int i = 2; i < 5; i++) {
      assertEquals(logits[i] - logits[0], length * (cosines[i] - cosines[0]), 1e-4);
    }
    float[] both = {0, 3, 0, 0, 0, 4, 0, 0, 0, 0}; // of length 3 and 4: their own scales
    Npy.write(home.resolve("both.npy"), 2, 5, both);
    assertEquals(
        3 * cosines[1] - 4 * cosines[0], -logit("both", "it=" + home.resolve("both.npy")), 1e-4);
  }

  /** A file may call its layers so, too. */
  @Test
  void theLayersOfATextHaveNamesOfTheirOwn() throws IOException {
    Npy.write(home.resolve("text.npy"), 1, 5, new float[] {1, 0, 0, 0, 0});
    String asked = "it=" + home.resolve("text.npy");
    Path file = FIXTURES.resolve("odd.onnx");
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(content.contains("head.weight"));
    Path same = home.resolve("same.onnx");
    Files.writeString(same, content.replace("head.", "text."), StandardCharsets.ISO_8859_1);
    assertEquals(logit(file, "head", asked), logit(same, "text", asked));
  }

  private double logit(String name, String asked) throws IOException {
    return logit(FIXTURES.resolve("vit.onnx"), name, asked);
  }

  private double logit(Path file, String name, String asked) throws IOException {
    String[] words = {"import", file.toString(), "--name", name, "--class", asked};
    assertEquals(0, models(words), test.err());
    ModelStore store = new ModelStore(home.resolve("models"));
    try (Classifier model =
        Classifiers.open(store.open(name), TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
      return model.logits(List.of(BlackPixels.of(model.canvas(), 3, 40)))[0];
    }
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() throws IOException {
    Npy.write(home.resolve("text.npy"), 1, 4, new float[] {1, 0, 0, 0});
    String file = FIXTURES.resolve("vit.onnx").toString();
    String asked = "it=" + home.resolve("text.npy");
    assertEquals(2, models("import", file, "--name", "other", "--class", asked));
    assertTrue(test.err().contains("vectors of 4 numbers, the file gives 5"), test.err());
    Npy.write(home.resolve("text.npy"), 1, 5, new float[5]);
    assertEquals(2, models("import", file, "--name", "other", "--class", asked));
    assertTrue(test.err().contains("row 0 of"), test.err());
    Npy.write(home.resolve("text.npy"), 1, 5, new float[] {1, 0, 0, 0, 0});
    String form = "--output=logit";
    assertEquals(2, models("import", file, "--name", "other", "--class", asked, form));
    assertTrue(test.err().contains("--output says nothing of vectors of texts"), test.err());
  }

  @Test
  void whatIsNoNumberIsSaidOfItsFile() {
    for (String file : List.of("vgg.onnx", "vit.onnx")) {
      String path = FIXTURES.resolve(file).toString();
      int exit = models("import", path, "--name=v", "--cat=1", "--mean=1e30", "--std=1e-30");
      assertEquals(1, exit, test.err());
      assertTrue(test.err().contains(file + " gives NaN for white"), test.err());
      assertFalse(Files.exists(home.resolve("models/v")));
    }
  }

  /** Behind attention each unit may see all, and has no place that a window could lie at. */
  @Test
  void aTransformerIsShownWithoutPathsAndFields() throws IOException {
    logit("vit", "one=1");
    Path out = home.resolve("shown");
    int exit =
        test.run(NetworkCommand::new, "network", "show", "vit", "--all", "--out", out.toString());
    assertEquals(0, exit, test.err());
    assertTrue(test.err().contains("left out path counts: "), test.err());
    assertFalse(test.out().contains("Paths from a pixel"), test.out());
    List<LayerRow> layers = LayerRow.TABLE.read(out.resolve(LayerRow.FILE));
    assertEquals(1, layers.get(0).fieldHeight());
    assertNull(layers.get(layers.size() - 1).fieldHeight());
    assertNull(layers.get(layers.size() - 1).firstCentreX());
    assertFalse(Files.exists(out.resolve("foveation.csv")));
  }

  /** Two photos and five rules of LRP have one reason, which is said once. */
  @Test
  void aReasonOfManyMapsIsSaidOnce() throws IOException {
    logit("vit", "one=1");
    for (String photo : List.of("a.png", "b.png")) {
      Path file = home.resolve("photos").resolve(photo);
      Files.createDirectories(home.resolve("photos"));
      ImageFiles.writePng(file, TinyModels.picture(32, 32, 0.4, 1));
    }
    String[] words = {
      "saliency", "--model=vit", "--images=" + home.resolve("photos"), "--method=all", "--samples=4"
    };
    test.run(SaliencyCommand::new, words);
    List<String> said =
        test.err().lines().filter(line -> line.contains("lrp has no rule")).toList();
    assertEquals(1, said.size(), test.err());
    assertTrue(said.get(0).contains("a, b: "), test.err());
  }

  @Test
  void itsLayersAreKnown() throws IOException {
    importFixture("mobilenet-v3");
    assertTrue(test.out().contains("logits of 5 classes, cat = classes 1,3\n"), test.out());
    assertEquals(0, models("list"));
    assertTrue(test.out().contains("\nmobilenet-v3  onnx"), test.out());
    assertEquals(0, models("show", "mobilenet-v3"));
    assertTrue(test.out().contains("layers of mobilenet-v3.onnx"), test.out());
    assertEquals(0, models("verify"));
    Path photo = home.resolve("photo.png");
    ImageFiles.writePng(photo, TinyModels.picture(48, 48, 0.4, 1));
    run(
        SaliencyCommand::new,
        "saliency",
        "--model",
        "mobilenet-v3",
        "--image",
        photo.toString(),
        "--method",
        "grad-cam",
        "--layer",
        "features.1.block.0.0",
        "--out",
        home.resolve("maps").toString());
    run(
        EvolveCommand::new,
        "evolve",
        "--model",
        "mobilenet-v3",
        "--runs",
        "1",
        "--generations",
        "2",
        "--out",
        home.resolve("evolved").toString());
  }

  /** Padding, precision and random weights change it, and stay close where they should. */
  @Test
  void itsVariantsRun() throws IOException {
    for (String name : List.of("efficientnet", "shufflenet", "convnext")) {
      importFixture(name);
      var stored = new ModelStore(home.resolve("models")).open(name);
      List<BlackPixels> pictures =
          List.of(
              BlackPixels.of(
                  new Canvas(stored.card().input().width(), stored.card().input().height()),
                  5,
                  40,
                  41,
                  300,
                  700,
                  701,
                  702));
      var run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
      var half = TorchClassifier.Settings.cpu(Precision.BFLOAT16);
      try (var own = Classifiers.open(stored, run);
          var coarse = Classifiers.open(stored, half);
          var reflected = Classifiers.open(stored, Padding.REPLICATE, run);
          var random = Classifiers.openUntrained(stored, 5, run)) {
        float logit = own.logits(pictures)[0];
        assertEquals(logit, coarse.logits(pictures)[0], 0.05 * (1 + Math.abs(logit)), name);
        assertFalse(logit == reflected.logits(pictures)[0], name + " has no padding");
        assertFalse(logit == random.logits(pictures)[0], name + " has no weights");
      }
    }
  }

  @Test
  void comesBackFromItsOwnExport() throws IOException {
    importFixture("shufflenet");
    String file = home.resolve("back.onnx").toString();
    assertEquals(0, models("export", "shufflenet", "--format", "onnx", "--out", file), test.err());
    assertEquals(
        0, models("import", file, "--name", "back", "--output", "logit", "--cat", "0"), test.err());
    var store = new ModelStore(home.resolve("models"));
    var run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    List<BlackPixels> pictures = List.of(BlackPixels.of(new Canvas(64, 64), 1, 77, 500, 2000));
    try (var first = Classifiers.open(store.open("shufflenet"), run);
        var second = Classifiers.open(store.open("back"), run)) {
      assertEquals(first.logits(pictures)[0], second.logits(pictures)[0], 1e-4);
    }
    assertFalse(test.err().contains("negative"), test.err());
    assertEquals(
        0, models("import", file, "--name", "up", "--output", "logit", "--cat", "1"), test.err());
    assertTrue(test.err().contains("the file gives the logit of cat; the model"), test.err());
  }

  @Test
  void whatCannotBeReadLeavesNothing() throws IOException {
    Path cut = home.resolve("cut.onnx");
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("vgg.onnx"));
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 5000));
    assertEquals(1, models("import", cut.toString(), "--name", "cut", "--cat", "0"));
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("damaged"), test.err());
    assertEquals(
        2, models("import", FIXTURES.resolve("vgg.onnx").toString(), "--name", "v"), test.err());
    assertTrue(test.err().contains("--cat"), test.err());
    assertFalse(Files.exists(home.resolve("models").resolve("cut")), "a model was left");
    assertFalse(Files.exists(home.resolve("models").resolve("v")), "a model was left");
  }
}
