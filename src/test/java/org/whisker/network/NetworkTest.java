package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.NetworkBuilder.Width;
import org.whisker.network.Window.Padding;

class NetworkTest {
  private static Network vgg(int side) {
    FeatureShape gray = new FeatureShape(1, side, side);
    return Vgg16.of(new Vgg16.Options(gray, 0.125, true, new Vgg16.Head.Pooled(0.3), 1));
  }

  private static Network inception(int side) {
    FeatureShape rgb = new FeatureShape(3, side, side);
    return InceptionResNetV2.of(new InceptionResNetV2.Options(rgb, 0.25, 1, 1, 1, 0.2, 1));
  }

  private static String refusal(Runnable runnable) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, runnable::run).getMessage());
  }

  @Test
  void anUnknownLayerListsTheStages() {
    Network network = vgg(32);
    String message = refusal(() -> network.position("features.99"));
    assertTrue(message.startsWith("no layer features.99 in vgg16; stages: ["), message);
    network.stages().keySet().forEach(s -> assertTrue(message.contains(s), message));
    assertEquals(network.nodes().size() - 1, network.position("classifier"));
  }

  @Test
  void theSameTextWhateverTheOrderOfTheStages() {
    Network network = inception(128);
    List<String> sorted = new ArrayList<>(new TreeMap<>(network.stages()).keySet());
    assertEquals(sorted, List.copyOf(network.stages().keySet()));
    Map<String, Integer> reversed = new LinkedHashMap<>();
    Collections.reverse(sorted);
    sorted.forEach(s -> reversed.put(s, network.position(s)));
    Network again = new Network(network.name(), network.nodes(), reversed, network.padding());
    assertEquals(network.toString(), again.toString());
    // identity hashes, lambdas and arrays would differ from process to process
    assertFalse(network.toString().matches("(?s).*@[0-9a-f]{4,}.*"));
    assertEquals(network.toString(), inception(128).toString());
  }

  @Test
  void reflectRefusesMapsThatAreTooSmall() {
    assertEquals(Padding.REFLECT, vgg(32).withPadding(Padding.REFLECT).padding());
    // the last pooling may see a single pixel, a padded convolution may not reflect one
    String message = refusal(() -> inception(75).withPadding(Padding.REFLECT));
    assertTrue(message.startsWith("repeat_1.0.branch1.1.conv sees only "), message);
    assertTrue(message.endsWith("too small to reflect; take a larger input"), message);
    assertEquals(Padding.REPLICATE, inception(75).withPadding(Padding.REPLICATE).padding());
  }

  @Test
  void paddingChangesNothingElse() {
    Network network = inception(150);
    Network other = network.withPadding(Padding.CIRCULAR);
    assertEquals(network.nodes(), other.nodes());
    assertEquals(network, other.withPadding(Padding.ZERO));
    assertEquals(Padding.CIRCULAR, Padding.parse("circular"));
    assertTrue(refusal(() -> Padding.parse("Zero")).endsWith("not Zero"));
  }

  @Test
  void foldingLeavesNoBatchNormAndEveryStage() {
    for (Network network : List.of(vgg(32), inception(128))) {
      FoldedBatchNorm folded = FoldedBatchNorm.of(network);
      Network left = folded.network();
      long norms =
          network.nodes().stream().filter(n -> n.layer() instanceof Layer.BatchNorm).count();
      assertTrue(norms > 10);
      assertEquals(norms, folded.folds().size());
      assertEquals(network.nodes().size() - norms, left.nodes().size());
      assertTrue(left.nodes().stream().noneMatch(n -> n.layer() instanceof Layer.BatchNorm));
      assertEquals(network.stages().keySet(), left.stages().keySet());
      for (String stage : network.stages().keySet()) {
        Node before = network.nodes().get(network.position(stage));
        Node after = left.nodes().get(left.position(stage));
        assertEquals(before.name(), after.name());
        assertEquals(before.shape(), after.shape());
        assertEquals(before.layer(), after.layer());
      }
      assertEquals(network.output().shape(), left.output().shape());
    }
  }

  @Test
  void grayInputChangesTheFirstConvolutionOnly() {
    Network network = inception(128);
    Network gray = network.withGrayInput();
    assertEquals(new FeatureShape(1, 128, 128), gray.input());
    List<Parameter> before = network.parameters();
    List<Parameter> after = gray.parameters();
    assertEquals(List.of(8, 1, 3, 3), after.get(0).shape());
    assertEquals(before.subList(1, before.size()), after.subList(1, after.size()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 4.1, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleWidths(double factor) {
    assertTrue(refusal(() -> new Width(factor)).endsWith("was " + factor));
  }

  @Test
  void widthsRoundToMultiplesOf8AndNeverVanish() {
    assertEquals(80, new Width(1).of(80));
    assertEquals(8, new Width(0.01).of(64));
    assertEquals(24, new Width(0.25).of(80));
    assertEquals(128, new Width(2).of(64));
  }

  @Test
  void windows() {
    assertEquals(
        new FeatureShape(8, 5, 3), new Window(1, 7, 1, 0, 2).slide(new FeatureShape(2, 5, 5), 8));
    assertEquals(
        new FeatureShape(4, 2, 2), Window.square(3, 2, 0).slide(new FeatureShape(4, 6, 6), 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> Window.square(3, 2, 0).slide(new FeatureShape(4, 2, 2), 4));
    assertTrue(Window.square(3, 1, 1).padded());
    assertFalse(Window.square(3, 1, 0).padded());
    assertEquals(
        "impossible window: 0x3 stride 1 dilation 1 padding 0,0",
        refusal(() -> new Window(0, 3, 1, 0, 0)));
    assertTrue(refusal(() -> new Window(3, 0, 1, 0, 0)).contains("3x0"));
    assertTrue(refusal(() -> new Window(3, 3, 0, 0, 0)).contains("stride 0"));
    assertTrue(refusal(() -> new Window(3, 3, 1, -1, 0)).contains("-1,0"));
    assertTrue(refusal(() -> new Window(3, 3, 1, 0, -1)).contains("0,-1"));
    Window.Axis three = new Window.Axis(3, 1, 0);
    assertTrue(
        refusal(() -> new Window(new Window.Axis(3, 1, 0, 2, -1), three))
            .endsWith("dilation 0+1 padding 2+-1,0"));
  }

  /** TensorFlow's SAME: as many outputs as strides fit, the odd position behind. */
  @Test
  void samePadding() {
    assertEquals(new Window.Axis(3, 2, 1, 0, 1), Window.Axis.same(3, 2, 224));
    assertEquals(new Window.Axis(3, 2, 1, 1, 1), Window.Axis.same(3, 2, 7));
    assertEquals(new Window.Axis(3, 1, 1, 1, 1), Window.Axis.same(3, 1, 8));
    assertEquals(new Window.Axis(4, 1, 1, 1, 2), Window.Axis.same(4, 1, 8));
    assertEquals(new Window.Axis(1, 2, 1, 0, 0), Window.Axis.same(1, 2, 8));
    FeatureShape map = new FeatureShape(3, 9, 12);
    assertEquals(new FeatureShape(5, 5, 6), Window.same(3, 2, map).slide(map, 5));
  }

  @Test
  void groupsAndDilation() {
    Window.Axis dilated = new Window.Axis(3, 1, 2, 0, 1);
    assertEquals(5, dilated.extent());
    Layer.Conv grouped = new Layer.Conv(6, 4, new Window(dilated, dilated), 2, true);
    FeatureShape out = grouped.output(List.of(new FeatureShape(6, 8, 9)));
    assertEquals(new FeatureShape(4, 5, 6), out);
    assertEquals(List.of(4, 3, 3, 3), grouped.parameters("g").get(0).shape());
    assertEquals(4 * 5 * 6 * 3 * 9, grouped.multiplyAdds(out));
    assertEquals(
        List.of(6, 1, 3, 3),
        Layer.Conv.depthwise(6, Window.square(3, 1, 1), false).parameters("d").get(0).shape());
    assertEquals(
        "6 and 4 channels are not in 3 groups",
        refusal(() -> new Layer.Conv(6, 4, Window.square(1, 1, 0), 3, true)));
    assertTrue(
        refusal(() -> new Layer.AvgPool(new Window(dilated, dilated))).contains("no dilation"));
  }

  @Test
  void activations() {
    assertEquals("clip 0 6", Activation.relu6().label());
    assertEquals("clip -Infinity 0.5", Activation.clip(Double.NEGATIVE_INFINITY, 0.5).label());
    assertTrue(Activation.relu6().zeroAtZero());
    assertFalse(Activation.clip(0.5, 1).zeroAtZero());
    assertFalse(Activation.of(Activation.Kind.SIGMOID).zeroAtZero());
    assertTrue(refusal(() -> Activation.clip(2, 1)).contains("no values"));
    assertTrue(refusal(() -> Activation.of(Activation.Kind.CLIP)).contains("2 parameters"));
  }
}
