package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.image.GrayImage;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Modules;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Safetensors;

class ExportCommandTest extends CommandFixture {
  private int models(String... args) {
    return command(ModelsCommand::new, List.of("models"), args);
  }

  /** Colour, classes, padding: all that an export must carry. */
  private void colour(String name) throws IOException {
    ModelCard card =
        new ModelCard(
            name,
            new Architecture(
                Architecture.Kind.INCEPTION_RESNET_V2, 0.05, List.of(1, 1, 1), true, 0, 1, 0.2),
            new ModelCard.Input(3, 80, 80),
            new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f)),
            new Output(Output.Form.LOGITS, 7, List.of(2, 3, 6)),
            Padding.REPLICATE,
            null,
            null,
            WeightsFile.UNSAVED,
            Instant.EPOCH,
            "0.1.0");
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 7);
    new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
  }

  private float[] logits(String name, List<GrayImage> pictures) throws IOException {
    var run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    var stored = new ModelStore(home.resolve("models")).open(name);
    try (var classifier = Classifiers.openAny(stored, run)) {
      return classifier.logits(pictures);
    }
  }

  private void comesBack(String name, int side) throws IOException {
    newEnvironment();
    String file = home.resolve(name + ".pt").toString();
    assertEquals(0, models("export", name, "--format", "torchscript", "--out", file), test.err());
    assertTrue(test.out().contains("its logits differ from the model's by at most"), test.out());
    String input = "1x" + side + "x" + side;
    String back = name + "-back";
    assertEquals(
        0,
        models("import", file, "--name", back, "--input", input, "--output", "logit", "--cat", "0"),
        test.err());
    List<GrayImage> pictures =
        List.of(
            TinyModels.picture(side, side, 0.3, 1),
            TinyModels.picture(side, side, 0.5, 2),
            TinyModels.picture(side, side, 0.8, 3));
    assertArrayEquals(logits(name, pictures), logits(back, pictures), 1e-4f);
  }

  @Test
  void anExportedModelGivesTheSameNumbers() throws IOException {
    TinyModels.save(home, "tiny");
    comesBack("tiny", TinyModels.SIDE);
    try (ZipFile zip = new ZipFile(home.resolve("tiny.pt").toFile())) {
      var readme = zip.getEntry("net/extra/README.txt");
      String text = new String(zip.getInputStream(readme).readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("N x 1 x 32 x 32, gray from 0 (black) to 1 (white)"), text);
    }
  }

  @Test
  void soDoesOneOfColourAndClasses() throws IOException {
    colour("colour");
    comesBack("colour", 80);
  }

  @Test
  void weightsKeepTheirNames() throws IOException {
    TinyModels.save(home, "tiny");
    Path file = home.resolve("out.safetensors");
    assertEquals(
        0,
        models("export", "tiny", "--format", "safetensors", "--out", file.toString()),
        test.err());
    Safetensors written = Safetensors.open(file);
    Safetensors stored = Safetensors.open(home.resolve("models/tiny/weights.safetensors"));
    assertEquals(stored.names(), written.names());
    assertTrue(written.names().contains("features.0.weight"));
    assertEquals(stored.floats("features.0.weight"), written.floats("features.0.weight"));
  }

  @Test
  void modulesAndWrongUsage() throws IOException {
    Path module = Modules.write(home, "y = torch.mean(x, [1, 2, 3], False)");
    assertEquals(
        0,
        models(
            "import",
            module.toString(),
            "--name",
            "m",
            "--input",
            "1x8x8",
            "--output",
            "logit",
            "--cat",
            "0"),
        test.err());
    Path out = home.resolve("m.pt");
    String file = out.toString();
    assertEquals(0, models("export", "m", "--format", "torchscript", "--out", file));
    assertArrayEquals(Files.readAllBytes(module), Files.readAllBytes(out));
    assertEquals(2, models("export", "m", "--format", "torchscript", "--out", file));
    assertEquals(2, models("export", "m", "--format", "keras", "--out", file + "2"));
    assertEquals(1, models("export", "m", "--format", "safetensors", "--out", file + "2"));
    assertEquals(1, models("export", "none", "--format", "torchscript", "--out", file + "2"));
    assertTrue(test.err().contains("exists already; name a new file"), test.err());
    assertEquals(4, test.err().lines().count(), test.err());
  }
}
