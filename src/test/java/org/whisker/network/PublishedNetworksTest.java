package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

/** Sizes and shapes against those of torchvision's and timm's networks. */
class PublishedNetworksTest {
  private static final Network VGG = Vgg16.of(Vgg16.Options.published());
  private static final Network INCEPTION = InceptionResNetV2.of(published());

  private static InceptionResNetV2.Options published() {
    return InceptionResNetV2.Options.published();
  }

  private static FeatureShape image(int side) {
    return new FeatureShape(3, side, side);
  }

  private static Network vgg(int side) {
    return Vgg16.of(Vgg16.Options.published().with(image(side), 1));
  }

  private static Network inception(int side) {
    return InceptionResNetV2.of(published().with(image(side), 1));
  }

  private static FeatureShape at(Network network, String stage) {
    return network.nodes().get(network.position(stage)).shape();
  }

  private static Network mobile(int side, double width, MobileNetV2.Variant variant) {
    return MobileNetV2.of(new MobileNetV2.Options(image(side), width, variant, true, 0.2, 1000));
  }

  /** torchvision's numbers of parameters; multiply-adds as published. */
  @Test
  void sizesOfMobileNet() {
    for (MobileNetV2.Variant variant : MobileNetV2.Variant.values()) {
      assertEquals(3_504_872, mobile(224, 1, variant).trainedSize());
      assertEquals(300_774_272L, mobile(224, 1, variant).multiplyAdds());
    }
    assertEquals(1_968_680, mobile(224, 0.5, MobileNetV2.Variant.TORCHVISION).trainedSize());
    assertEquals(6_108_776, mobile(224, 1.4, MobileNetV2.Variant.TORCHVISION).trainedSize());
  }

  @ParameterizedTest
  @CsvSource({"224, 112, 56, 28, 14, 7", "225, 113, 57, 29, 15, 8", "75, 38, 19, 10, 5, 3"})
  void shapesOfMobileNet(int side, int a0, int a1, int a2, int a3, int a4) {
    for (MobileNetV2.Variant variant : MobileNetV2.Variant.values()) {
      Network network = mobile(side, 1, variant);
      assertEquals(new FeatureShape(32, a0, a0), at(network, "features.0"));
      assertEquals(new FeatureShape(16, a0, a0), at(network, "features.1"));
      assertEquals(new FeatureShape(24, a1, a1), at(network, "features.3"));
      assertEquals(new FeatureShape(32, a2, a2), at(network, "features.6"));
      assertEquals(new FeatureShape(96, a3, a3), at(network, "features.13"));
      assertEquals(new FeatureShape(320, a4, a4), at(network, "features.17"));
      assertEquals(network.position("features.18.2"), network.lastFeatureMap());
    }
  }

  /** At even sizes TensorFlow's windows begin at the border, torchvision's one before it. */
  @Test
  void firstCentresOfMobileNet() {
    UnitField theirs = last(mobile(224, 1, MobileNetV2.Variant.TORCHVISION));
    UnitField same = last(mobile(224, 1, MobileNetV2.Variant.TENSORFLOW));
    assertEquals(new UnitField.Axis(491, 32, 0), theirs.rows());
    assertEquals(new UnitField.Axis(491, 32, 31), same.rows());
    assertEquals(theirs.rows(), theirs.columns());
  }

  private static UnitField last(Network network) {
    return UnitField.of(network).get(network.lastFeatureMap());
  }

  @Test
  void mobileNetWithoutBatchNormHasBiases() {
    Network folded =
        MobileNetV2.of(
            new MobileNetV2.Options(
                image(224), 1, MobileNetV2.Variant.TENSORFLOW, false, 0.2, 1001));
    assertEquals(2 * 53, folded.parameters().size());
    assertEquals(FoldedBatchNorm.of(folded).network(), folded);
  }

  @Test
  void trainedNumbers() {
    assertEquals(138_357_544, VGG.trainedSize());
    assertEquals(55_843_464, INCEPTION.trainedSize());
    assertEquals(FeatureShape.vector(1000), VGG.output().shape());
    assertEquals(FeatureShape.vector(1000), INCEPTION.output().shape());
  }

  @Test
  void runningStatisticsAreNotTrained() {
    long all = INCEPTION.parameters().stream().mapToLong(Parameter::size).sum();
    long norms =
        INCEPTION.parameters().stream()
            .filter(p -> p.role() == Parameter.Role.NORM_WEIGHT)
            .mapToLong(Parameter::size)
            .sum();
    assertEquals(INCEPTION.trainedSize() + 2 * norms, all);
  }

  @Test
  void multiplyAdds() {
    assertEquals(15_470_264_320L, VGG.multiplyAdds());
    assertEquals(13.18e9, (double) INCEPTION.multiplyAdds(), 0.05e9);
  }

  @ParameterizedTest
  @CsvSource({
    "299, 149, 147, 73, 71, 35, 17, 8",
    "150, 74, 72, 35, 33, 16, 7, 3",
    "128, 63, 61, 30, 28, 13, 6, 2",
    "75, 37, 35, 17, 15, 7, 3, 1"
  })
  void shapesOfInception(int side, int a1, int a2, int a3, int a4, int a5, int a6, int a7) {
    Network network = inception(side);
    assertEquals(new FeatureShape(32, a1, a1), at(network, "conv2d_1a"));
    assertEquals(new FeatureShape(32, a2, a2), at(network, "conv2d_2a"));
    assertEquals(new FeatureShape(64, a2, a2), at(network, "conv2d_2b"));
    assertEquals(new FeatureShape(80, a3, a3), at(network, "conv2d_3b"));
    assertEquals(new FeatureShape(192, a4, a4), at(network, "conv2d_4a"));
    assertEquals(new FeatureShape(192, a5, a5), at(network, "maxpool_5a"));
    assertEquals(new FeatureShape(320, a5, a5), at(network, "mixed_5b"));
    assertEquals(new FeatureShape(320, a5, a5), at(network, "repeat"));
    assertEquals(new FeatureShape(1088, a6, a6), at(network, "mixed_6a"));
    assertEquals(new FeatureShape(1088, a6, a6), at(network, "repeat_1"));
    assertEquals(new FeatureShape(2080, a7, a7), at(network, "mixed_7a"));
    assertEquals(new FeatureShape(2080, a7, a7), at(network, "block8"));
    assertEquals(new FeatureShape(1536, a7, a7), at(network, "conv2d_7b"));
  }

  @ParameterizedTest
  @CsvSource({"299, 149, 74, 37, 18, 9", "150, 75, 37, 18, 9, 4", "128, 64, 32, 16, 8, 4"})
  void shapesOfVgg(int side, int a1, int a2, int a3, int a4, int a5) {
    Network network = vgg(side);
    assertEquals(new FeatureShape(64, side, side), at(network, "features.3"));
    assertEquals(new FeatureShape(64, a1, a1), at(network, "features.4"));
    assertEquals(new FeatureShape(128, a2, a2), at(network, "features.9"));
    assertEquals(new FeatureShape(256, a3, a3), at(network, "features.16"));
    assertEquals(new FeatureShape(512, a4, a4), at(network, "features.23"));
    assertEquals(new FeatureShape(512, a5, a5), at(network, "features.30"));
    assertEquals(new FeatureShape(512, 7, 7), at(network, "avgpool"));
  }

  @Test
  void tensorsOfPublishedNamesAndShapes() {
    assertEquals("features.0.weight", VGG.parameters().get(0).name());
    assertEquals(List.of(64, 3, 3, 3), VGG.parameters().get(0).shape());
    Parameter wide =
        INCEPTION.parameters().stream()
            .filter(p -> p.name().equals("repeat_1.19.branch1.1.conv.weight"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(160, 128, 1, 7), wide.shape());
  }

  @Test
  void tooSmallAnInput() {
    IllegalArgumentException vgg = assertThrows(IllegalArgumentException.class, () -> vgg(31));
    assertEquals(
        "the input is too small for features.30 (nothing is left of the image: 512x0x0);"
            + " take a larger one",
        vgg.getMessage());
    String inception =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> inception(74)).getMessage());
    assertTrue(inception.startsWith("the input is too small for mixed_7a."), inception);
    assertEquals(1, inception.lines().count());
  }

  @ParameterizedTest
  @CsvSource({"0.125", "0.25", "0.3", "0.5", "1.3"})
  void scaledChannelsAreMultiplesOf8(double width) {
    FeatureShape gray = new FeatureShape(1, 128, 128);
    Vgg16.Head head = new Vgg16.Head.Pooled(0.3);
    List<Network> scaled =
        List.of(
            Vgg16.of(new Vgg16.Options(gray, width, true, head, 1)),
            InceptionResNetV2.of(new InceptionResNetV2.Options(gray, width, 1, 2, 1, 0.2, 1)));
    for (Network network : scaled) {
      assertEquals(FeatureShape.vector(1), network.output().shape());
      for (Node node : network.nodes()) {
        if (node.layer() instanceof Layer.Conv conv) {
          assertEquals(0, conv.out() % 8, node.name());
          assertEquals(conv.out(), node.shape().channels(), node.name());
        }
      }
    }
  }

  @Test
  void fewerRepeats() {
    FeatureShape shape = image(299);
    Network none =
        InceptionResNetV2.of(new InceptionResNetV2.Options(shape, 1, 0, 0, 0, 0.2, 1000));
    Network one = InceptionResNetV2.of(new InceptionResNetV2.Options(shape, 1, 1, 1, 1, 0.2, 1000));
    assertEquals(none.position("mixed_5b"), none.position("repeat"));
    assertThrows(IllegalArgumentException.class, () -> none.position("repeat_1.0"));
    assertEquals(at(one, "repeat_1"), at(one, "repeat_1.0"));
    long inception = INCEPTION.trainedSize();
    assertTrue(none.trainedSize() < one.trainedSize() && one.trainedSize() < inception);
    assertThrows(
        IllegalArgumentException.class,
        () -> new InceptionResNetV2.Options(shape, 1, 1, -1, 1, 0.2, 1));
  }
}
