package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.torch.TinyNets.relative;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.weights.BatchNormFolding;
import org.whisker.weights.GrayFolding;

/** The same network in other forms: each against the plain one. */
class VariantsTest {
  static List<Network> both() {
    return TinyNets.all();
  }

  private static float[] plain(Network network, List<GrayImage> pictures) {
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 4)) {
      return it.logits(pictures);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void foldedBatchNormGivesTheSameLogits(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 4);
    BatchNormFolding folded = BatchNormFolding.of(network, TinyNets.weights(network));
    assertTrue(
        folded.network().nodes().stream().noneMatch(n -> n.layer() instanceof Layer.BatchNorm));
    try (TorchClassifier it =
        TinyNets.classifier(folded.network(), folded.weights(), Precision.FLOAT32, 4)) {
      assertTrue(relative(plain(network, pictures), it.logits(pictures)) < 1e-5);
    }
  }

  static Stream<Network> inColour() {
    return Stream.of(
        TinyNets.vgg(3, 40),
        TinyNets.inception(3, 96),
        TinyNets.mobile(3, 64, MobileNetV2.Variant.TENSORFLOW));
  }

  @ParameterizedTest
  @MethodSource("inColour")
  void foldedGrayGivesTheSameLogitsForGrayPictures(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 4);
    GrayFolding gray = GrayFolding.of(network, TinyNets.weights(network));
    assertEquals(1, gray.network().input().channels());
    try (TorchClassifier it =
        TinyNets.classifier(gray.network(), gray.weights(), Precision.FLOAT32, 4)) {
      assertTrue(relative(plain(network, pictures), it.logits(pictures)) < 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void bfloat16StaysNear(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 4);
    try (TorchClassifier it = TinyNets.classifier(network, Precision.BFLOAT16, 4)) {
      float[] expected = plain(network, pictures);
      double error = relative(expected, it.logits(pictures));
      // random weights pass rounding on undamped, and one logit is a difference of large sums
      double most = network.name().equals(MobileNetV2.NAME) ? 0.2 : 0.1; // 53 convolutions
      assertTrue(error < most && error > 0, "relative error " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void batchesDoNotMatter(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 7);
    float[] expected = plain(network, pictures);
    for (int batch : new int[] {1, 2, 3, 64}) {
      try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, batch)) {
        assertTrue(relative(expected, it.logits(pictures)) < 1e-5, "batch " + batch);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void paddingChangesTheLogitsOfWhiteAndKeepsTheTensors(Network network) {
    List<BlackPixels> white =
        List.of(BlackPixels.none(new Canvas(network.input().width(), network.input().height())));
    float zero;
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 1)) {
      zero = it.logits(white)[0];
    }
    for (Padding padding : new Padding[] {Padding.REPLICATE, Padding.CIRCULAR}) {
      Network swapped = network.withPadding(padding);
      assertEquals(network.parameters(), swapped.parameters());
      try (TorchClassifier it = TinyNets.classifier(swapped, Precision.FLOAT32, 1)) {
        assertTrue(Math.abs(zero - it.logits(white)[0]) > 1e-4, padding.label());
      }
    }
  }

  @Test
  void replicateAndCircularAgreeOnOneGrayEverywhere() {
    Network network = TinyNets.vgg(1, 64);
    GrayImage gray = GrayImage.filled(new Canvas(64, 64), 0.7f);
    float[] logits = new float[3];
    Padding[] modes = {Padding.REPLICATE, Padding.CIRCULAR, Padding.REFLECT};
    for (int i = 0; i < modes.length; i++) {
      try (TorchClassifier it =
          TinyNets.classifier(network.withPadding(modes[i]), Precision.FLOAT32, 1)) {
        logits[i] = it.logits(List.of(gray))[0];
      }
    }
    assertArrayEquals(new float[] {logits[0], logits[0], logits[0]}, logits, 1e-5f);
  }

  @Test
  void aPictureOfAnotherSizeIsRefused() {
    Network network = TinyNets.vgg(1, 40);
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 1)) {
      List<BlackPixels> wrong = List.of(BlackPixels.none(Canvas.square(39)));
      assertThrows(IllegalArgumentException.class, () -> it.logits(wrong));
    }
  }
}
