package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.whisker.torch.TinyNets.relative;

import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.GrayImage;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.Network;
import org.whisker.network.Vgg16;
import org.whisker.network.Window.Padding;
import org.whisker.weights.BatchNormFolding;

class FusionTest {
  private static final TorchDevice CPU = TorchDevice.cpu();

  static Stream<Arguments> forms() {
    return TinyNets.all().stream()
        .flatMap(
            network ->
                Stream.of(Precision.FLOAT32, Precision.BFLOAT16)
                    .flatMap(
                        precision ->
                            Stream.of(Padding.ZERO, Padding.REPLICATE)
                                .map(p -> Arguments.of(network.withPadding(p), precision))));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theLogitsAreClose(Network network, Precision precision) {
    assumeTrue(Fusion.available(precision, CPU), "not on this machine");
    BatchNormFolding folded = BatchNormFolding.of(network, TinyNets.weights(network));
    float[] apart = logits(folded, precision, LayerScript.Mode.INFERENCE);
    float[] fused = logits(folded, precision, LayerScript.Mode.FUSED);
    float[] packed = logits(folded, precision, LayerScript.Mode.PACKED);
    // three ways of computing: close, and nobody promises that their bits are the same
    for (float[] one : List.of(fused, packed)) {
      double off = relative(apart, one);
      assertTrue(off < (precision == Precision.FLOAT32 ? 2e-5 : 1e-3), network.name() + ": " + off);
    }
  }

  @Test
  void thePublishedNetworksArePacked() {
    assumeTrue(Fusion.available(Precision.FLOAT32, CPU), "not on this machine");
    List<Network> published =
        List.of(
            Vgg16.of(Vgg16.Options.published()),
            InceptionResNetV2.of(InceptionResNetV2.Options.published()));
    for (Network network : published) {
      assertTrue(LayerScript.Mode.best(network, Precision.FLOAT32, CPU).packs(), network.name());
    }
  }

  private static float[] logits(
      BatchNormFolding folded, Precision precision, LayerScript.Mode mode) {
    Network network = folded.network();
    List<GrayImage> pictures = TinyNets.pictures(network, 3);
    try (TorchModule module =
            TorchClassifier.load(
                network,
                folded.weights(),
                TinyNets.PREPROCESSING,
                precision,
                CPU,
                List.of(),
                mode);
        NDManager scope = module.scope()) {
      float[] all = new float[3 * pictures.get(0).canvas().pixels()];
      for (int i = 0; i < 3; i++) {
        pictures.get(i).paint(all, i * (all.length / 3));
      }
      List<Integer> shape = List.of(3, 1, network.input().height(), network.input().width());
      var x = TorchModule.array(scope, FloatBuffer.wrap(all), TorchModule.shape(shape));
      return module.infer(scope, "forward", x).singletonOrThrow().toFloatArray();
    }
  }

  @Test
  void onlyAReluThatAloneReadsAConvolutionIsFused() {
    Network network = TinyNets.vgg(1, 40);
    assertEquals(0, fused(network, Set.of()), "a batch norm lies between");
    Network folded = BatchNormFolding.of(network, TinyNets.weights(network)).network();
    assertEquals(13, fused(folded, Set.of()));
    int first = folded.nodes().get(2).inputs().get(0);
    assertEquals(12, fused(folded, Set.of(first)), "its output is read later");
    Network inception = TinyNets.inception(1, 96);
    Network blocks = BatchNormFolding.of(inception, TinyNets.weights(inception)).network();
    long convolutions =
        blocks.nodes().stream().filter(n -> n.parameters().size() == 2).count() - 1; // the head
    assertEquals(convolutions - 4, fused(blocks, Set.of()), "four blocks end without a ReLU");
  }

  private static long fused(Network network, Set<Integer> kept) {
    String text =
        new LayerScript(network, Precision.FLOAT32, LayerScript.Mode.FUSED, name -> name, kept)
            .write();
    return text.lines().filter(line -> line.contains("\"relu\"")).count();
  }

  @Test
  void float64HasNone() {
    assertFalse(Fusion.available(Precision.FLOAT64, CPU));
  }
}
