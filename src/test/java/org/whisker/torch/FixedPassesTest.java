package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Vgg16;
import org.whisker.network.Window.Padding;
import org.whisker.torch.FixedPasses.Part;

/**
 * What is computed of a picture or a patch is the same, bit by bit, in any company, at any place of
 * it, and with any number of threads; on every processor (run it with {@code ONEDNN_MAX_CPU_ISA}
 * and {@code ATEN_CPU_CAPABILITY} set).
 */
class FixedPassesTest {
  private static final int MANY = 33;

  /** All up to a pass of few, and what is about one, two and three passes of either size. */
  private static final List<Integer> SIZES =
      List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 24, 25, 31, 32, 33);

  static Stream<Arguments> forms() {
    return networks()
        .flatMap(
            network ->
                Stream.of(Precision.FLOAT32, Precision.BFLOAT16)
                    .map(precision -> Arguments.of(network, precision)));
  }

  private static Stream<Network> networks() {
    Vgg16.Head hidden = new Vgg16.Head.Flattening(2, 16, 0.3);
    FeatureShape in = new FeatureShape(1, 40, 43);
    return Stream.of(
        TinyNets.vgg(1, 40),
        Vgg16.of(new Vgg16.Options(in, 0.125, false, hidden, 1)),
        TinyNets.inception(1, 96),
        TinyNets.mobile(1, 66, MobileNetV2.Variant.TORCHVISION));
  }

  /** White but for a few pixels, whose first layers are computed on tiles, and others. */
  private static List<Raster> pictures(Network network, int count) {
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    Random random = new Random(5);
    List<Raster> pictures = new ArrayList<>();
    for (int i = 0; i < count; i += 2) {
      pictures.add(BlackPixels.of(canvas, random.ints(i / 3, 0, canvas.pixels()).toArray()));
      pictures.add(TinyNets.pictures(network, i + 1).get(i));
    }
    return pictures.subList(0, count);
  }

  private static float[] parts(float[] of, int from, int to) {
    return Arrays.copyOfRange(of, from, to);
  }

  /**
   * Asks for the first so many, for the last so many, and for all in the opposite order.
   *
   * @param found numbers for each of some, of one length
   */
  private static <T> void checkAnyCompany(
      List<T> of, int each, List<Integer> sizes, Function<List<T>, float[]> found) {
    float[] all = LockStepScoresTest.withThreads(1, () -> found.apply(of));
    assertEquals(of.size() * each, all.length);
    for (int threads = 1; threads <= 3; threads++) {
      String by = threads + " threads, ";
      for (int n : sizes) {
        List<T> first = of.subList(0, n);
        List<T> last = of.subList(of.size() - n, of.size());
        assertArrayEquals(
            parts(all, 0, n * each), with(threads, found, first), by + "the first " + n);
        assertArrayEquals(
            parts(all, all.length - n * each, all.length),
            with(threads, found, last),
            by + "the last " + n);
      }
      List<T> back = new ArrayList<>(of);
      Collections.reverse(back);
      float[] reversed = with(threads, found, back);
      for (int i = 0; i < of.size(); i++) {
        int at = (of.size() - 1 - i) * each;
        assertArrayEquals(
            parts(all, i * each, (i + 1) * each), parts(reversed, at, at + each), by + "back " + i);
      }
    }
  }

  private static <T> float[] with(int threads, Function<List<T>, float[]> found, List<T> of) {
    return LockStepScoresTest.withThreads(threads, () -> found.apply(of));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void logits(Network network, Precision precision) {
    try (TorchClassifier it = TinyNets.classifier(network, precision, 50)) {
      checkAnyCompany(pictures(network, MANY), 1, SIZES, it::logits);
    }
  }

  /** Each of the same pictures at any place of a batch, so that each row and vector has it once. */
  @ParameterizedTest
  @MethodSource("forms")
  void placesOfABatch(Network network, Precision precision) {
    try (TorchClassifier it = TinyNets.classifier(network, precision, 50)) {
      for (Raster picture : pictures(network, 4)) {
        float[] same = it.logits(Collections.nCopies(MANY, picture));
        for (float logit : same) {
          assertEquals(same[0], logit);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void patches(Network network, Precision precision) {
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    for (Padding padding : List.of(Padding.ZERO, Padding.REPLICATE)) {
      Network padded = network.withPadding(padding);
      try (TorchClassifier it = TinyNets.classifier(padded, precision, 50);
          PatchScorer scorer = it.patches(TinyNets.pictures(network, 1).get(0))) {
        List<Patch> patches =
            IntStream.range(0, 26)
                .mapToObj(
                    i -> Patch.pixel(i * 7 % canvas.width(), i * 11 % canvas.height(), i % 3 / 2f))
                .toList();
        checkAnyCompany(patches, 1, List.of(1, 6, 11, 16, 21, 26), scorer::logits);
      }
    }
  }

  private static float[] joined(List<float[]> each) {
    int size = each.stream().mapToInt(one -> one.length).sum();
    float[] all = new float[size];
    int at = 0;
    for (float[] one : each) {
      System.arraycopy(one, 0, all, at, one.length);
      at += one.length;
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void derivatives(Network network, Precision precision) {
    int pixels = network.input().height() * network.input().width();
    try (TorchClassifier it = TinyNets.classifier(network, precision, 50)) {
      List<Raster> pictures = pictures(network, 7);
      checkAnyCompany(
          pictures, pixels, List.of(1, 3, 5, 7), some -> joined(it.inputGradients(some)));
      checkAnyCompany(
          pictures,
          pixels,
          List.of(1, 4, 7),
          some -> joined(it.relevances(RelevanceRule.EPSILON, some)));
      checkAnyCompany(
          pictures,
          pixels,
          List.of(1, 4, 7),
          some -> joined(it.rescaled(some, Collections.nCopies(some.size(), pictures.get(1)))));
      String stage = it.stages().get(0);
      int size = Math.toIntExact(it.shape(stage).size());
      checkAnyCompany(
          pictures,
          2 * size,
          List.of(1, 4, 7),
          some -> joined(it.features(stage, some).stream().map(f -> values(f)).toList()));
    }
  }

  private static float[] values(Features of) {
    FeatureShape shape = of.shape();
    float[] values = new float[Math.toIntExact(2 * shape.size())];
    int at = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          values[at++] = of.activation(c, y, x);
          values[at++] = of.gradient(c, y, x);
        }
      }
    }
    return values;
  }

  @Test
  void aNetworkInParts() {
    Network network = TinyNets.vgg(1, 40);
    try (ActivationClassifier it =
        new CutNetwork(
            "tiny",
            network,
            TinyNets.weights(network),
            TinyNets.PREPROCESSING,
            TorchClassifier.Settings.cpu(Precision.FLOAT32),
            1)) {
      List<Raster> pictures = pictures(network, 9);
      checkAnyCompany(pictures, 1, List.of(1, 3, 5, 7, 9), it::logits);
      Cut cut = it.cuts().get(1);
      checkAnyCompany(
          pictures, cut.size(), List.of(1, 4, 7), some -> joined(it.activations(cut, some)));
      List<float[]> maps = it.activations(cut, pictures);
      checkAnyCompany(maps, cut.size(), List.of(1, 4, 7), some -> joined(it.gradients(cut, some)));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void partsFollowFromNetworkAndPrecision(Network network, Precision precision) {
    FixedPasses passes = FixedPasses.of(network, precision, TorchDevice.cpu());
    int at = 0;
    for (Part part : passes.behind(0)) {
      assertEquals(at, part.from());
      at = part.to();
      assertTrue(network.separates(at), part + " is read from within");
      boolean linear = network.nodes().get(at).name().startsWith("classif");
      assertTrue(part.pictures() > 0 && (part.pictures() < FixedPasses.ROWS || linear));
      if (part.pictures() == FixedPasses.FEW) {
        for (Node node : network.nodes().subList(part.from() + 1, part.to() + 1)) {
          assertEquals(0, node.shape().size() % FixedPasses.FEW, node.name());
        }
      }
    }
    assertEquals(network.nodes().size() - 1, at);
  }
}
