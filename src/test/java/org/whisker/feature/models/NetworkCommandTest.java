package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;
import org.whisker.network.Window.Padding;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

class NetworkCommandTest extends CommandFixture {
  private int show(String... args) {
    Stream<String> all = Stream.concat(Stream.of("network", "show"), Stream.of(args));
    return test.run(NetworkCommand::new, all.toArray(String[]::new));
  }

  @Test
  void showsAModelAndWritesItsMaps() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(0, show("tiny"), test.err());
    String out = test.out();
    assertTrue(out.startsWith("LAYER         KIND                   OUTPUT    PARAMETERS"), out);
    assertTrue(out.contains("\nfeatures.43   max pool 2x2 stride 2  64x1x1             0"), out);
    assertFalse(out.contains("relu"), out);
    assertTrue(out.contains("\nparameters     232,081\n"), out);
    assertTrue(out.contains("Paths from a pixel to features.43 (64x1x1)"), out);
    assertTrue(out.contains("\nzero (its own)  "), out);
    assertTrue(out.contains("\ncircular        1.000   1.000 "), out);
    Path folder = home.resolve("analyses/network-tiny-20261125-101500");
    assertTrue(out.endsWith("written to " + folder + "\n"), out);
    for (String file :
        List.of("layers.csv", "foveation.png", "foveation.csv", "foveation_zero.npy")) {
      assertTrue(Files.isRegularFile(folder.resolve(file)), file);
    }
    String manifest = Files.readString(folder.resolve("manifest.json"));
    assertTrue(manifest.contains("\"layer\" : \"features.43\""), manifest);
    assertTrue(manifest.contains("\"sha256\" : "), manifest);
  }

  @Test
  void layersAsCsv() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(0, show("tiny", "--padding", "zero", "--out", home.resolve("out").toString()));
    CsvTable layers = Csv.read(home.resolve("out/layers.csv"));
    assertEquals(
        List.of(
            "features.0",
            "conv",
            "input",
            "3",
            "3",
            "1",
            "1",
            "1",
            "8",
            "32",
            "32",
            "80",
            "73728",
            "3",
            "3",
            "1",
            "1",
            "0",
            "0",
            "1",
            "1",
            "1",
            "1",
            "1",
            "1"),
        layers.rows().get(1));
    long parameters = layers.rows().stream().mapToLong(r -> Long.parseLong(r.get(11))).sum();
    assertEquals(232_081, parameters);
    assertTrue(layers.rows().stream().anyMatch(r -> r.get(1).equals("batch norm")));
    assertFalse(Files.exists(home.resolve("out/foveation_reflect.npy")));
  }

  @Test
  void showsAPublishedNetworkWithoutItsWeights() {
    assertEquals(0, show("vgg16", "--layer", "features.9", "--padding=zero,circular", "--all"));
    String out = test.out();
    assertTrue(out.contains("\nfeatures.1    relu "), out);
    assertTrue(
        out.contains(
            "\nfeatures.28   conv 3x3 pad 1         512x14x14      2,359,808    462,422,016    196"
                + "    16           7.5\n"),
        out);
    assertTrue(out.contains("\nparameters     138,357,544\n"), out);
    assertTrue(out.contains("Paths from a pixel to features.9 (128x56x56)"), out);
    assertTrue(out.contains("\ncircular        1.000 "), out);
    assertFalse(out.contains("\nreflect"), out);
  }

  @Test
  void leavesOutWhatCannotBeReflected() throws IOException {
    inception("small");
    assertEquals(0, show("small"), test.err());
    assertTrue(test.err().startsWith("left out reflect: repeat_1.0.branch1.1.conv "), test.err());
    assertFalse(test.out().contains("\nreflect"), test.out());
    assertTrue(test.out().contains("\nreplicate "), test.out());
    assertEquals(2, show("small", "--padding", "reflect"));
    assertTrue(test.err().contains("whisker: --padding reflect: "), test.err());
  }

  /** The smallest Inception-ResNet v2: some of its maps are a single place. */
  private void inception(String name) throws IOException {
    ModelCard like = TinyModels.card(name);
    ModelCard card =
        new ModelCard(
            name,
            new Architecture(
                Architecture.Kind.INCEPTION_RESNET_V2, 0.05, List.of(1, 1, 1), true, 0, 1, 0.2),
            new ModelCard.Input(1, 75, 75),
            like.preprocessing(),
            like.output(),
            Padding.CIRCULAR,
            null,
            null,
            like.weights(),
            like.created(),
            like.whiskerVersion());
    FormulaWeights weights = new FormulaWeights(Networks.of(card).parameters(), 7);
    new ModelStore(home.resolve("models")).save(card, weights, DType.F32);
  }

  @Test
  void wrongUsage() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(2, test.run(NetworkCommand::new, "network"));
    assertEquals(2, show());
    assertEquals(1, show("none"));
    assertEquals(2, show(".."));
    assertEquals(1, show("no/where"));
    assertEquals(2, show("tiny", "--layer", "features.99"));
    assertEquals(2, show("tiny", "--padding", "mirror"));
    assertEquals(2, show("tiny", "--out", home.toString()));
    assertEquals(2, show("vgg16", "--gradient", "3"));
    List<String> lines = test.err().lines().toList();
    assertEquals(9, lines.size(), test.err());
    assertEquals(
        "whisker: no network 'none'; there are the models tiny, and the published vgg16,"
            + " inception-resnet-v2, mobilenet-v2 and tf-mobilenet-v2",
        lines.get(2));
    assertTrue(lines.get(5).contains("no layer features.99 in vgg16; stages: ["), lines.get(5));
    assertFalse(Files.exists(home.resolve("analyses")), "nothing is written");
    assertEquals(0, show("--help"));
    assertTrue(test.out().contains("whisker network show vgg16 --layer features.16"), test.out());
  }
}
