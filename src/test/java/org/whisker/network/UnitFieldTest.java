package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.UnitField.Axis;

class UnitFieldTest {
  private static final Network VGG = Vgg16.of(Vgg16.Options.published());
  private static final Network INCEPTION =
      InceptionResNetV2.of(InceptionResNetV2.Options.published());

  private static UnitField at(Network network, String layer) {
    return UnitField.of(network).get(network.position(layer));
  }

  /** Sizes and jumps that are published for conv1_2, pool1, conv5_3 and pool5. */
  @ParameterizedTest
  @CsvSource({
    "features.2, 5, 1, 0",
    "features.4, 6, 2, 0.5",
    "features.9, 16, 4, 1.5",
    "features.16, 44, 8, 3.5",
    "features.23, 100, 16, 7.5",
    "features.28, 196, 16, 7.5",
    "features.30, 212, 32, 15.5",
    "avgpool, 212, 32, 15.5"
  })
  void ofVgg16(String layer, int size, double jump, double first) {
    Axis axis = new Axis(size, jump, first);
    assertEquals(new UnitField(axis, axis), at(VGG, layer));
  }

  /** Araujo et al. 2019: size 3039, stride 32, and the first centre at -1482 + 3038 / 2. */
  @Test
  void ofInceptionResNetV2() {
    Axis axis = new Axis(3039, 32, 37);
    assertEquals(new UnitField(axis, axis), at(INCEPTION, "conv2d_7b"));
    assertEquals(101, axis.centre(2));
  }

  @Test
  void unevenKernelsDifferByDirection() {
    UnitField before = at(INCEPTION, "mixed_6a");
    UnitField across = at(INCEPTION, "repeat_1.0.branch1.1.conv");
    UnitField both = at(INCEPTION, "repeat_1.0.branch1.2.conv");
    assertEquals(before.rows(), across.rows());
    assertEquals(before.columns().size() + 6 * 16, across.columns().size());
    assertEquals(across.columns(), both.rows());
    assertEquals(across.columns(), both.columns());
  }

  /** A branch that looks to the right and one that looks to the left. */
  @Test
  void branchesJoinToTheirBox() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 9, 9));
    int wide = net.add("wide", Nets.conv(new Window(1, 5, 1, 0, 1)), 0);
    int narrow = net.add("narrow", Nets.conv(new Window(1, 3, 1, 0, 0)), 0);
    net.add("joined", new Layer.Concat(), wide, narrow);
    Network network = net.build("test");
    assertEquals(new Axis(5, 1, 1), at(network, "wide").columns());
    assertEquals(new Axis(3, 1, 1), at(network, "narrow").columns());
    assertEquals(new Axis(5, 1, 1), at(network, "joined").columns());

    net = new NetworkBuilder(new FeatureShape(1, 9, 9));
    int left = net.add("left", Nets.conv(new Window(1, 3, 1, 0, 2)), 0);
    int right = net.add("right", Nets.conv(new Window(1, 3, 1, 0, 0)), 0);
    net.add("joined", new Layer.Concat(), left, right);
    assertEquals(new Axis(5, 1, 0), at(net.build("test"), "joined").columns());
  }

  @Test
  void branchesOfDifferentStridesDoNotJoin() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 1, 9));
    int two = net.add("two", Nets.conv(new Window(1, 1, 2, 0, 0)), 0);
    int one = net.add("one", Nets.conv(new Window(1, 5, 1, 0, 0)), 0);
    net.add("joined", new Layer.Concat(), two, one);
    Network network = net.build("test");
    assertTrue(
        String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> UnitField.of(network))
                    .getMessage())
            .contains("by 2.0 and by 1.0 pixels"));
  }

  /** SAME padding at stride 2 looks to the right; a dilated kernel sees its gaps. */
  @Test
  void unevenPaddingMovesTheCentre() {
    Network uneven = Nets.uneven();
    assertEquals(new Axis(3, 2, 0), at(uneven, "a").rows()); // 9 rows: 1 + 1
    assertEquals(new Axis(3, 2, 1), at(uneven, "a").columns()); // 8 columns: 0 + 1
    assertEquals(new Axis(11, 2, 2), at(uneven, "b").rows());
    assertEquals(new Axis(5, 2, 2), at(uneven, "b").columns());
  }

  @Test
  void theHeadSeesEverything() {
    Axis whole = new Axis(404, 224, 111.5);
    assertEquals(new UnitField(whole, whole), at(VGG, "classifier.6"));
    assertEquals(149, at(INCEPTION, "classif").rows().first());
  }

  /** 9 places pooled to 7: windows of 2, 2, 2, 3, 2, 2, 2. */
  @Test
  void adaptivePoolingMayBeUneven() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 9, 7));
    net.add("pooled", new Layer.AdaptiveAvgPool(7), 0);
    UnitField field = at(net.build("test"), "pooled");
    assertEquals(new Axis(3, 9 / 7.0, 0.5), field.rows());
    assertEquals(new Axis(1, 1, 0), field.columns());
  }

  @Test
  void everyNodeHasOneAndElementwiseLayersKeepIt() {
    List<UnitField> fields = UnitField.of(INCEPTION);
    assertEquals(INCEPTION.nodes().size(), fields.size());
    assertEquals(at(INCEPTION, "conv2d_1a.conv"), at(INCEPTION, "conv2d_1a"));
    assertEquals(new Axis(1, 1, 0), fields.get(0).rows());
  }
}
