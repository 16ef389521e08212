package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ActivationPatching;
import org.whisker.ablation.ActivationPatching.Pair;
import org.whisker.ablation.ActivationPatching.Rings;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.network.CircularPadding;
import org.whisker.network.CircularPadding.Side;
import org.whisker.network.CutPoints;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.weights.Weights;

/** Tiny networks with weights by hand, whose logits are counted out. */
class BlindNetworksTest {
  private static final int SIDE = 4;
  private static final Canvas CANVAS = Canvas.square(SIDE);

  /** Adds up the windows of 3 × 3 that see a white pixel: with zero padding fewer at the border. */
  private static final Network PADDED =
      network(Window.square(3, 1, 1), new Layer.AdaptiveAvgPool(1), 1);

  /** Reads each pixel with a weight of its own. */
  private static final Network HEADED = network(Window.square(1, 1, 0), null, SIDE * SIDE);

  /** Reads no pixel of the border twice, since it has no padding. */
  private static final Network UNPADDED =
      network(Window.square(3, 1, 0), new Layer.AdaptiveAvgPool(1), 1);

  private static Network network(Window window, @Nullable Layer pooling, int read) {
    List<Node> nodes = new ArrayList<>();
    add(nodes, "input", new Layer.Input(new FeatureShape(1, SIDE, SIDE)));
    add(nodes, "conv", new Layer.Conv(1, 1, window, false));
    if (pooling != null) {
      add(nodes, "pool", pooling);
    }
    add(nodes, "flatten", new Layer.Flatten());
    add(nodes, "linear", new Layer.Linear(read, 1));
    return new Network("tiny", nodes, Map.of("conv", 1), Padding.ZERO);
  }

  private static void add(List<Node> nodes, String name, Layer layer) {
    boolean first = nodes.isEmpty();
    List<FeatureShape> in = first ? List.of() : List.of(nodes.get(nodes.size() - 1).shape());
    List<Integer> inputs = first ? List.of() : List.of(nodes.size() - 1);
    nodes.add(new Node(name, layer, inputs, layer.output(in)));
  }

  /** Ones in the convolution; in the head 1, 2, 3, … of the positions. */
  private static Weights weights(Network network) {
    Map<String, Weights.Tensor> tensors = new HashMap<>();
    for (Layer.Parameter p : network.parameters()) {
      float[] values = new float[Math.toIntExact(p.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = p.name().endsWith("bias") ? 0 : p.name().startsWith("linear") ? i + 1 : 1;
      }
      tensors.put(p.name(), new Weights.Tensor(p.shape(), FloatBuffer.wrap(values)));
    }
    return Weights.of(tensors);
  }

  private static TorchClassifier plain(Network network) {
    return new TorchClassifier(
        "tiny",
        network,
        weights(network),
        Preprocessing.identity(),
        TorchClassifier.Settings.cpu(Precision.FLOAT32));
  }

  private static Classifier averaged(Network network) {
    return CutNetwork.withAveragedHead(
        "tiny",
        network,
        weights(network),
        Preprocessing.identity(),
        TorchClassifier.Settings.cpu(Precision.FLOAT32),
        1);
  }

  /** What a black pixel takes off the logit of white, at each place. */
  private static double[] costs(Classifier classifier) {
    List<BlackPixels> pictures = new ArrayList<>(List.of(BlackPixels.none(CANVAS)));
    for (int i = 0; i < CANVAS.pixels(); i++) {
      pictures.add(BlackPixels.of(CANVAS, i));
    }
    float[] logits = classifier.logits(pictures);
    double[] costs = new double[CANVAS.pixels()];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = logits[0] - logits[i + 1];
    }
    return costs;
  }

  private static void all(double expected, double[] costs) {
    for (double cost : costs) {
      assertEquals(expected, cost, 1e-5);
    }
  }

  /** As windows of 7 × 7 have on the last map of 2 × 2 of a ConvNeXt that reads 64 pixels. */
  @Test
  void paddingThatIsWiderThanTheMapWrapsMoreThanOnce() {
    Network wide = network(Window.square(11, 1, 5), new Layer.AdaptiveAvgPool(1), 1);
    Network torus = CircularPadding.inLayers(wide, Set.of("conv"), EnumSet.allOf(Side.class));
    try (Classifier network = plain(torus)) {
      for (int place = 0; place < CANVAS.pixels(); place++) {
        float logit = network.logits(List.of(BlackPixels.of(CANVAS, place)))[0];
        assertEquals(121 * 15 / 16.0, Math.abs(logit), 1e-4, "pixel " + place);
      }
    }
    Network above = CircularPadding.inLayers(wide, Set.of("conv"), EnumSet.of(Side.TOP));
    try (Classifier network = plain(above)) {
      // windows of row y see 9 - y rows of 4 white pixels
      float logit = network.logits(List.of(BlackPixels.none(CANVAS)))[0];
      assertEquals(30, Math.abs(logit), 1e-4);
    }
  }

  @Test
  void paddingAloneKnowsPlaces() {
    try (Classifier own = plain(PADDED);
        Classifier averaged = averaged(PADDED);
        Classifier circular = plain(CircularPadding.everywhere(PADDED))) {
      double[] costs = costs(own);
      assertEquals(4 / 16.0, costs[0], 1e-5, "a corner is in four windows");
      assertEquals(6 / 16.0, costs[1], 1e-5, "a border pixel in six");
      assertEquals(9 / 16.0, costs[5], 1e-5, "one of the middle in nine");
      double[] same = costs(averaged);
      for (int i = 0; i < costs.length; i++) {
        assertEquals(costs[i], same[i], 1e-5);
      }
      all(9 / 16.0, costs(circular));
    }
  }

  @Test
  void theHeadAloneKnowsPlaces() {
    try (Classifier own = plain(HEADED);
        Classifier averaged = averaged(HEADED);
        Classifier circular = plain(CircularPadding.everywhere(HEADED))) {
      double[] costs = costs(own);
      double[] same = costs(circular);
      for (int i = 0; i < costs.length; i++) {
        assertEquals(i + 1, costs[i], 1e-5);
        assertEquals(i + 1, same[i], 1e-5);
      }
      all(17 / 2.0, costs(averaged));
    }
  }

  @Test
  void withoutPaddingTheBorderIsReadLessOften() {
    Network torus = CircularPadding.everywhere(UNPADDED);
    assertEquals(SIDE, torus.nodes().get(1).shape().height());
    try (Classifier own = plain(UNPADDED);
        Classifier circular = plain(torus)) {
      double[] costs = costs(own);
      assertEquals(1 / 4.0, costs[0], 1e-5);
      assertEquals(4 / 4.0, costs[5], 1e-5);
      all(9 / 16.0, costs(circular));
    }
  }

  @Test
  void oneSideWrapsByItself() {
    Network left = CircularPadding.in(PADDED, Optional.of("conv"), EnumSet.of(Side.LEFT));
    try (Classifier it = plain(left)) {
      double[] costs = costs(it);
      assertEquals(
          6 / 16.0, costs[SIDE], 1e-5, "what lies left of the left column is the right one");
      assertEquals(9 / 16.0, costs[2 * SIDE - 1], 1e-5);
      assertEquals(6 / 16.0, costs[1], 1e-5, "above it is nothing");
    }
  }

  @Test
  void aHeadThatReadsAFixedNumberOfPositionsIsRefused() {
    Network network = network(Window.square(3, 1, 0), null, 4);
    String message =
        assertThrows(IllegalArgumentException.class, () -> CircularPadding.everywhere(network))
            .getMessage();
    assertEquals(
        "linear reads 4 values, and with circular padding everywhere it would get 16x1x1", message);
  }

  /** Everything that is patched restores all, and nothing none. */
  @Test
  void activationsCarryWhatTheyCarry() {
    try (CutNetwork network =
        new CutNetwork(
            "tiny",
            HEADED,
            weights(HEADED),
            Preprocessing.identity(),
            TorchClassifier.Settings.cpu(Precision.FLOAT32),
            1)) {
      Cut cut = network.cuts().get(0);
      assertEquals(1, network.cuts().size());
      assertFalse(CutPoints.of(HEADED).positions().contains(0));
      Pair pair = new Pair(BlackPixels.none(CANVAS), BlackPixels.of(CANVAS, 0, 5, 6));
      ActivationPatching patching =
          new ActivationPatching(network, List.of(pair, pair), 10, () -> false);
      ActivationPatching.Layer layer = patching.at(cut);
      assertEquals(-(1 + 6 + 7), patching.whole()[0], 1e-5);
      assertEquals(-14, layer.positions(new Rings(cut, 0, 2).positions())[1], 1e-5);
      assertEquals(-1, layer.positions(new Rings(cut, 0, 1).positions())[0], 1e-5);
      assertEquals(-13, layer.positions(new Rings(cut, 1, 2).positions())[0], 1e-5);
      assertEquals(0, layer.positions(new int[0])[0], 1e-5);
      assertEquals(-14, layer.channels(new int[] {0})[0], 1e-5);
      assertEquals(-14, layer.estimates()[0][0], 1e-4, "the head is linear");
    }
  }
}
