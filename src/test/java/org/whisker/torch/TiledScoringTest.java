package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.torch.TinyNets.relative;

import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.TilePlan;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.torch.PaintedBatch.PaintedKinds;

/** Pictures whose first layers are computed on tiles, against full passes. */
class TiledScoringTest {
  private static final FeatureShape UNEVEN = new FeatureShape(1, 21, 26);

  static Stream<Arguments> forms() {
    return networks()
        .flatMap(
            network ->
                Stream.of(Padding.ZERO, Padding.CIRCULAR, Padding.REPLICATE)
                    .map(padding -> network.withPadding(padding))
                    .flatMap(
                        padded ->
                            Stream.of(Precision.FLOAT32, Precision.BFLOAT16)
                                .map(precision -> Arguments.of(padded, precision))));
  }

  private static Stream<Network> networks() {
    return Stream.of(
        TinyNets.vgg(new FeatureShape(1, 40, 48)),
        TinyNets.vgg(3, 40),
        TinyNets.inception(1, 96),
        TinyNets.mobile(1, 66, MobileNetV2.Variant.TORCHVISION),
        TinyNets.mobile(1, 64, MobileNetV2.Variant.TENSORFLOW),
        IncrementalTest.withHead(
            UNEVEN,
            true,
            new Layer.Conv(1, 4, Window.same(3, 2, UNEVEN), true),
            Activation.of(Activation.Kind.SIGMOID),
            new Layer.Conv(4, 6, new Window(new Window.Axis(3, 1, 2, 2, 1), AXIS), true),
            Activation.relu(),
            new Layer.MaxPool(Window.square(3, 2, 0))));
  }

  private static final Window.Axis AXIS = new Window.Axis(5, 2, 1, 0, 2);

  /**
   * White; single pixels, of small canvases all near the border and a third of the others, so that
   * all phases of all strides occur; the border as a whole; and more and more pixels anywhere.
   */
  private static List<BlackPixels> pictures(Canvas canvas) {
    List<BlackPixels> pictures = new ArrayList<>(List.of(BlackPixels.none(canvas)));
    boolean large = canvas.pixels() > 2000;
    for (int i = 0; i < canvas.pixels(); i++) {
      if (i % (large ? 37 : 3) == 0 || (!large && isNearBorder(canvas, i))) {
        pictures.add(BlackPixels.of(canvas, i));
      }
    }
    pictures.add(
        BlackPixels.of(
            canvas,
            IntStream.range(0, canvas.pixels())
                .filter(i -> i % canvas.width() == 0 || i < canvas.width())
                .toArray()));
    Random random = new Random(3);
    for (int n = 2; n < canvas.pixels(); n *= 3) {
      pictures.add(BlackPixels.of(canvas, random.ints(n, 0, canvas.pixels()).toArray()));
    }
    return pictures;
  }

  private static boolean isNearBorder(Canvas canvas, int pixel) {
    int x = canvas.x(pixel);
    int y = canvas.y(pixel);
    return Math.min(x, canvas.width() - 1 - x) < 2 || Math.min(y, canvas.height() - 1 - y) < 2;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void tilesGiveTheLogitsOfAFullPass(Network network, Precision precision) {
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    List<BlackPixels> pictures = pictures(canvas);
    float[] full = logits(network, precision, pictures, TilePlan.none());
    float[] tiled =
        logits(network, precision, pictures, TilePlan.of(network, Double.POSITIVE_INFINITY));
    double off = relative(full, tiled);
    assertTrue(off < (precision == Precision.FLOAT32 ? 2e-5 : 2e-3), network + ": " + off);
  }

  private static float[] logits(
      Network network, Precision precision, List<? extends Raster> pictures, TilePlan plan) {
    FeatureShape in = network.input();
    try (TorchModule module =
            TorchClassifier.load(
                network,
                TinyNets.weights(network),
                TinyNets.PREPROCESSING,
                precision,
                TorchDevice.cpu(),
                List.of());
        NDManager scope = module.scope()) {
      float[] all = new float[pictures.size() * in.height() * in.width()];
      for (int i = 0; i < pictures.size(); i++) {
        pictures.get(i).paint(all, i * in.height() * in.width());
      }
      var shape = TorchModule.shape(List.of(pictures.size(), 1, in.height(), in.width()));
      Canvas canvas = new Canvas(in.width(), in.height());
      TiledScoring scoring =
          new TiledScoring(module, canvas, plan, new PaintedKinds(canvas, 1, pictures.size()));
      return scoring.logits(
          scope,
          TorchModule.array(scope, FloatBuffer.wrap(all), shape),
          scoring.together(pictures));
    }
  }

  @Test
  void mostPaddingsAndArchitecturesHaveStages() {
    Network vgg = TinyNets.vgg(1, 40);
    assertEquals(2, stages(vgg));
    assertEquals(2, stages(vgg.withPadding(Padding.CIRCULAR)));
    assertEquals(
        0, stages(vgg.withPadding(Padding.REFLECT)), "what is mirrored depends on the place");
    assertEquals(2, stages(TinyNets.inception(1, 96)));
    assertEquals(1, stages(TinyNets.mobile(1, 66, MobileNetV2.Variant.TENSORFLOW)), "a shortcut");
  }

  private static int stages(Network network) {
    return TilePlan.of(network).stages().size();
  }

  @Test
  void aLogitIsTheSameBesidePicturesThatAreScoredInFull() {
    Network network = TinyNets.vgg(1, 40);
    Canvas canvas = new Canvas(40, 40);
    List<Raster> few = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      few.add(BlackPixels.of(canvas, 41 * i, 1599 - 7 * i));
    }
    List<Raster> mixed = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      mixed.add(few.get(i));
      mixed.add(TinyNets.pictures(network, i + 1).get(i));
    }
    for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
      try (TorchClassifier classifier = TinyNets.classifier(network, precision, 50)) {
        float[] alone = classifier.logits(few);
        float[] beside = classifier.logits(mixed);
        float[] found = new float[8];
        for (int i = 0; i < 8; i++) {
          found[i] = beside[2 * i];
        }
        assertArrayEquals(alone, found);
      }
    }
  }

  @Test
  void whiteHasTheSameLogitAloneWhereThereIsNoTileAtAll() {
    Network network = TinyNets.vgg(1, 40);
    BlackPixels white = BlackPixels.none(new Canvas(40, 40));
    for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
      try (TorchClassifier classifier = TinyNets.classifier(network, precision, 50)) {
        float[] beside = classifier.logits(List.of(white, white.with(7), white, white));
        float[] alone = classifier.logits(List.of(white, white, white, white));
        assertEquals(beside[0], alone[0]);
        assertEquals(beside[3], alone[3]);
      }
    }
  }
}
