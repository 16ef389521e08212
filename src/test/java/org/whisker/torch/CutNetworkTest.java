package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.torch.TinyNets.relative;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.network.Activation;
import org.whisker.network.CircularPadding;
import org.whisker.network.CircularPadding.Side;
import org.whisker.network.CutPoints;
import org.whisker.network.Layer;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;

/** Networks in parts, and networks that know no places. */
class CutNetworkTest {
  private static final int PICTURES = 4;

  @TempDir private Path folder;

  static List<Network> all() {
    return TinyNets.all();
  }

  /** Whose sizes are multiples of all strides. */
  static Stream<Network> even() {
    return Stream.of(TinyNets.vgg(1, 64), TinyNets.mobile(1, 64, MobileNetV2.Variant.TENSORFLOW));
  }

  /** With maps of few and of many positions, behind which heads are not linear. */
  static Stream<Network> headed() {
    return Stream.concat(even(), Stream.of(unpooled()));
  }

  /** Whose head reads a map as large as the picture, by two layers. */
  private static Network unpooled() {
    List<Node> nodes = new ArrayList<>();
    add(nodes, new Layer.Input(new FeatureShape(1, 16, 18)));
    add(nodes, new Layer.Conv(1, 3, Window.square(3, 1, 1), true), 0);
    add(nodes, Activation.relu(), 1);
    add(nodes, new Layer.Flatten(), 2);
    add(nodes, new Layer.Linear(3 * 16 * 18, 5), 3);
    add(nodes, new Layer.Dropout(0.5), 3);
    add(nodes, new Layer.Linear(3 * 16 * 18, 2), 5);
    add(nodes, new Layer.Concat(), 4, 6);
    add(nodes, Activation.relu(), 7);
    add(nodes, new Layer.Linear(7, 1), 8);
    return new Network("unpooled", nodes, Map.of(), Padding.ZERO);
  }

  private static void add(List<Node> nodes, Layer layer, int... inputs) {
    List<Integer> from = Arrays.stream(inputs).boxed().toList();
    List<FeatureShape> shapes = from.stream().map(i -> nodes.get(i).shape()).toList();
    nodes.add(new Node("layer" + nodes.size(), layer, from, layer.output(shapes)));
  }

  private static CutNetwork cut(Network network) {
    return new CutNetwork(
        network.name(),
        network,
        TinyNets.weights(network),
        TinyNets.PREPROCESSING,
        TorchClassifier.Settings.cpu(Precision.FLOAT32),
        network.input().channels());
  }

  private static Classifier averaged(Network network) {
    return CutNetwork.withAveragedHead(
        network.name(),
        network,
        TinyNets.weights(network),
        TinyNets.PREPROCESSING,
        TorchClassifier.Settings.cpu(Precision.FLOAT32),
        network.input().channels());
  }

  private static float[] plain(Network network, List<GrayImage> pictures) {
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, PICTURES)) {
      return it.logits(pictures);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void bothPartsTogetherAreTheNetworkAtEveryCut(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, PICTURES);
    float[] whole = plain(network, pictures);
    try (CutNetwork it = cut(network)) {
      assertTrue(it.cuts().size() > 3);
      assertTrue(relative(whole, it.logits(pictures)) < 1e-5);
      for (Cut cut : it.cuts()) {
        float[] joined = it.logits(cut, it.activations(cut, pictures));
        assertTrue(relative(whole, joined) < 1e-5, cut.layer());
      }
    }
  }

  /** Also where pictures in gray and in colours are among each other. */
  @Test
  void aNetworkThatSeesColoursIsShownThemInParts() throws IOException {
    String name = ColourNets.VGG;
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    StoredModel model = ColourNets.save(folder, name);
    PlanarImage colours = ColourNets.picture(new Canvas(72, 72));
    PlanarImage gray = EmbeddedReference.light(colours.canvas(), 1);
    List<PlanarImage> pictures = List.of(gray, colours, gray.in(3), colours, colours);
    try (TorchClassifier whole = ColourNets.open(name, run);
        ActivationClassifier parts = Classifiers.openCut(model, run);
        Classifier averaged = Classifiers.openAveraged(model, CircularPadding::everywhere, run)) {
      float[] wanted = whole.logits(pictures);
      assertTrue(Math.abs(wanted[1] - wanted[0]) > 0.01, "colours differ from gray");
      assertEquals(3, parts.planes());
      assertTrue(relative(wanted, parts.logits(pictures)) < 1e-5);
      Cut cut = parts.cuts().get(0);
      assertTrue(relative(wanted, parts.logits(cut, parts.activations(cut, pictures))) < 1e-5);
      assertEquals(3, averaged.planes());
      float[] logits =
          averaged.logits(List.of(colours, PlanarImage.of(gray.canvas(), luma(colours))));
      assertTrue(Math.abs(logits[1] - logits[0]) > 0.01, "colours differ from their gray");
    }
  }

  private static float[] luma(PlanarImage colours) {
    float[] values = new float[colours.canvas().pixels()];
    colours.paint(values, 0, 1);
    return values;
  }

  @ParameterizedTest
  @MethodSource("even")
  void activationsAndGradientsAreThoseOfFeatures(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 2);
    try (CutNetwork it = cut(network);
        TorchClassifier whole = TinyNets.classifier(network, Precision.FLOAT32, 2)) {
      for (Cut cut : it.cuts()) {
        List<float[]> activations = it.activations(cut, pictures);
        List<float[]> gradients = it.gradients(cut, activations);
        List<Features> features = whole.features(cut.layer(), pictures);
        for (int i = 0; i < pictures.size(); i++) {
          float[] activation = new float[cut.size()];
          float[] gradient = new float[cut.size()];
          for (int at = 0; at < cut.size(); at++) {
            int x = at % cut.width();
            int y = at / cut.width() % cut.height();
            activation[at] = features.get(i).activation(at / cut.positions(), y, x);
            gradient[at] = features.get(i).gradient(at / cut.positions(), y, x);
          }
          assertTrue(relative(activation, activations.get(i)) < 1e-4, cut.layer());
          assertTrue(relative(gradient, gradients.get(i)) < 1e-4, cut.layer());
        }
      }
    }
  }

  @Test
  void theCutsOfAVggAreItsPoolings() {
    Network network = TinyNets.vgg(1, 64);
    try (CutNetwork it = cut(network)) {
      assertEquals(List.of(32, 16, 8, 4, 2), it.cuts().stream().map(Cut::height).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("headed")
  void anAveragedHeadIsTheMeanOverRollsOfTheLastMap(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 2);
    try (CutNetwork it = cut(network);
        Classifier averaged = averaged(network)) {
      Cut last = it.cuts().get(it.cuts().size() - 1);
      float[] expected = new float[2];
      for (int k = 0; k < last.positions(); k++) {
        List<float[]> rolled = new ArrayList<>();
        for (float[] map : it.activations(last, pictures)) {
          rolled.add(rolled(map, last.width(), last.height(), k % last.width(), k / last.width()));
        }
        float[] logits = it.logits(last, rolled);
        for (int i = 0; i < 2; i++) {
          expected[i] += logits[i] / last.positions();
        }
      }
      assertTrue(relative(expected, averaged.logits(pictures)) < 1e-5);
    }
  }

  /** Rolls by the total stride of 32 leave the logit, with circular padding and such a head. */
  @ParameterizedTest
  @MethodSource("even")
  void withoutPaddingAndHeadANetworkKnowsNoPlace(Network network) {
    Network torus = CircularPadding.everywhere(network);
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    List<GrayImage> pictures = TinyNets.pictures(network, 1);
    List<GrayImage> rolled = new ArrayList<>();
    for (int[] by : new int[][] {{0, 0}, {32, 0}, {0, 32}, {32, 32}}) {
      float[] gray = pictures.get(0).grayValues();
      rolled.add(
          new GrayImage(canvas, rolled(gray, canvas.width(), canvas.height(), by[0], by[1])));
    }
    try (Classifier blind = averaged(torus)) {
      float[] logits = blind.logits(rolled);
      for (float logit : logits) {
        assertEquals(logits[0], logit, 1e-4f * (1 + Math.abs(logits[0])));
      }
    }
    float[] own = plain(network, rolled);
    assertTrue(Math.abs(own[1] - own[0]) > 1e-4f);
  }

  /** With a pooled head no more is needed than padding that wraps. */
  @Test
  void windowsWithoutPaddingWrapAsWell() {
    Network torus = CircularPadding.everywhere(TinyNets.inception(1, 96));
    assertEquals(3, torus.nodes().get(torus.lastFeatureMap()).shape().height());
    List<GrayImage> pictures = TinyNets.pictures(torus, 2);
    try (Classifier averaged = averaged(torus)) {
      assertTrue(relative(plain(torus, pictures), averaged.logits(pictures)) < 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("even")
  void paddingThatWrapsInEveryStageIsCircularPadding(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 2);
    Network all = CircularPadding.in(network, Optional.empty(), EnumSet.allOf(Side.class));
    float[] circular = plain(network.withPadding(Padding.CIRCULAR), pictures);
    assertTrue(relative(circular, plain(all, pictures)) < 1e-5);
    Network none = CircularPadding.in(network, Optional.empty(), EnumSet.noneOf(Side.class));
    assertArrayEquals(plain(network, pictures), plain(none, pictures));
  }

  /** One side after the other, or one stage after the other, is padding as a whole. */
  @Test
  void oneStageAndOneSideChangeLessThanAll() {
    Network network = TinyNets.vgg(1, 64);
    List<GrayImage> pictures = TinyNets.pictures(network, 2);
    float[] own = plain(network, pictures);
    for (String stage : CircularPadding.paddedStages(network).subList(0, 2)) {
      assertFalse(Arrays.equals(own, plain(CircularPadding.in(network, stage), pictures)), stage);
    }
    assertEquals(13, CircularPadding.paddedStages(network).size());
    Network top = CircularPadding.in(network, Optional.empty(), EnumSet.of(Side.TOP));
    assertFalse(Arrays.equals(own, plain(top, pictures)));
    assertThrows(IllegalArgumentException.class, () -> CircularPadding.in(network, "flatten"));
  }

  private static float[] rolled(float[] maps, int width, int height, int right, int down) {
    float[] rolled = new float[maps.length];
    int plane = width * height;
    for (int i = 0; i < maps.length; i++) {
      int x = (i % width + right) % width;
      int y = (i / width % height + down) % height;
      rolled[i / plane * plane + y * width + x] = maps[i];
    }
    return rolled;
  }

  /** It can't be blinded: that is refused before, and does not end a report. */
  @Test
  void aNetworkWithoutAHeadHasNoneToCut() {
    FeatureShape in = new FeatureShape(1, 3, 3);
    Layer conv = new Layer.Conv(1, 1, Window.square(3, 1, 1), true);
    Network map =
        new Network(
            "map",
            List.of(
                new Node("input", new Layer.Input(in), List.of(), in),
                new Node("conv", conv, List.of(0), conv.output(List.of(in)))),
            Map.of(),
            Padding.ZERO);
    assertFalse(CutPoints.isHeadCut(map));
    assertTrue(CutPoints.isHeadCut(TinyNets.vgg(1, 64)));
  }
}
