package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.network.Activation;
import org.whisker.network.Chains;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.PatchPlan;
import org.whisker.network.Vgg16;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.random.SplitMix64;
import org.whisker.torch.IncrementalScorer.IncrementalScorers;
import org.whisker.weights.Weights;

/** Following a change gives the logits of full passes, for all sizes and places. */
class IncrementalTest {
  private static final Window THREE = Window.square(3, 1, 1);
  private static final Window HALVE = Window.square(2, 2, 0);

  private static Layer conv(int in, int out, Window window) {
    return new Layer.Conv(in, out, window, true);
  }

  static Network withHead(FeatureShape in, boolean flattening, Layer... features) {
    List<Layer> layers = new ArrayList<>(List.of(features));
    int channels = Chains.of(in, features).output().shape().channels();
    int side = flattening ? 3 : 1;
    layers.add(new Layer.AdaptiveAvgPool(side));
    layers.add(new Layer.Flatten());
    layers.add(new Layer.Linear(channels * side * side, 1));
    return Chains.of(in, layers.toArray(new Layer[0]));
  }

  private static Layer[] small() {
    return new Layer[] {
      conv(1, 4, THREE),
      Activation.relu(),
      new Layer.MaxPool(HALVE),
      conv(4, 4, THREE),
      Activation.relu(),
      conv(4, 6, THREE),
      Activation.relu(),
      new Layer.MaxPool(HALVE),
      conv(6, 6, THREE),
      Activation.relu()
    };
  }

  /** Strides, long, even and unpadded kernels, overlapping and gapped pooling, no ReLU, norms. */
  static Stream<Network> networks() {
    FeatureShape uneven = new FeatureShape(1, 21, 26);
    return Stream.of(
        withHead(uneven, true, small()),
        withHead(new FeatureShape(1, 24, 20), false, small()),
        withHead(
            uneven,
            true,
            conv(1, 3, Window.square(5, 2, 2)),
            new Layer.BatchNorm(3, 1e-5),
            new Layer.MaxPool(Window.square(3, 2, 0)),
            conv(3, 4, Window.square(2, 1, 0))),
        withHead(
            uneven,
            true,
            conv(1, 3, new Window(1, 7, 1, 0, 3)),
            Activation.relu(),
            conv(3, 3, new Window(5, 1, 2, 2, 0)),
            new Layer.MaxPool(Window.square(2, 3, 0)),
            new Layer.Dropout(0.5)),
        withHead(uneven, true, mobile(uneven)));
  }

  /** Asymmetric padding, dilation, groups, and activations that do not leave 0 as it is. */
  private static Layer[] mobile(FeatureShape in) {
    Window uneven = new Window(new Window.Axis(3, 1, 2, 2, 1), new Window.Axis(3, 1, 1, 0, 1));
    Window around = new Window(new Window.Axis(4, 1, 1, 2, 1), new Window.Axis(3, 1, 2, 1, 3));
    return new Layer[] {
      conv(1, 4, around),
      Activation.clip(-0.5, 2),
      Layer.Conv.depthwise(4, uneven, true),
      Activation.of(Activation.Kind.SIGMOID),
      new Layer.Conv(4, 6, Window.same(3, 2, in), 2, true),
      Activation.of(Activation.Kind.HARD_SWISH)
    };
  }

  private static List<Patch> everywhere(Network network, int height, int width) {
    FeatureShape in = network.input();
    SplitMix64 random = SplitMix64.stream(5, "patch", 31L * height + width);
    List<Patch> patches = new ArrayList<>();
    for (int y = 0; y <= in.height() - height; y++) {
      for (int x = 0; x <= in.width() - width; x++) {
        float[] gray = new float[height * width];
        for (int i = 0; i < gray.length; i++) {
          gray[i] = random.nextFloat() * 2 - 0.5f;
        }
        patches.add(new Patch(x, y, new GrayImage(new Canvas(width, height), gray)));
      }
    }
    return patches;
  }

  /** Follows changes however little it gains, so that every way through the script is taken. */
  private static void checkEqual(Network network, List<List<Patch>> sizes) {
    checkEqual(network, 50, sizes);
  }

  private static void checkEqual(Network network, int batch, List<List<Patch>> sizes) {
    GrayImage base = TinyNets.pictures(network, 1).get(0);
    Preprocessing gray = new Preprocessing(0.5f, 0.25f);
    TorchClassifier.Settings run =
        new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), batch);
    IncrementalScorers always =
        new IncrementalScorers(network, gray, run, Double.POSITIVE_INFINITY);
    Weights weights = TinyNets.weights(network);
    try (TorchClassifier it = TinyNets.classifier(network, weights, Precision.FLOAT32, 50);
        TorchModule module =
            TorchClassifier.load(network, weights, gray, run.precision(), run.device(), List.of());
        PatchScorer quick =
            new IncrementalScorer(always, it, module, PictureThreads.none(), base)) {
      sizes.forEach(patches -> checkEqual(PatchScorer.full(it, base), quick, patches));
    }
  }

  private static void checkEqual(PatchScorer full, PatchScorer quick, List<Patch> patches) {
    float[] expected = full.logits(patches);
    float[] found = quick.logits(patches);
    double scale = 0;
    double effect = 0;
    for (float logit : expected) {
      scale = Math.max(scale, Math.abs(logit));
      effect = Math.max(effect, Math.abs(logit - full.baseLogit()));
    }
    assertTrue(effect > 1e-2 * scale, "the patches do too little to tell: " + effect);
    for (int i = 0; i < expected.length; i++) {
      Patch patch = patches.get(i);
      assertEquals(expected[i], found[i], 1e-5 * scale, () -> "at " + patch.x() + "," + patch.y());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everySizeAtEveryPlace(Network network) {
    for (Padding padding : Padding.values()) {
      Network padded = network.withPadding(padding);
      checkEqual(
          padded, IntStream.rangeClosed(1, 7).mapToObj(n -> everywhere(padded, n, n)).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Padding.class)
  void stripesAndLargePatches(Padding padding) {
    Network network = withHead(new FeatureShape(1, 24, 32), true, small()).withPadding(padding);
    checkEqual(
        network,
        List.of(
            everywhere(network, 1, 32),
            everywhere(network, 24, 2),
            everywhere(network, 2, 9),
            everywhere(network, 13, 15),
            everywhere(network, 24, 32)));
  }

  /** Alone, a patch away from one pair of borders cannot borrow the care for another's. */
  @ParameterizedTest
  @EnumSource(Padding.class)
  void eachPlaceAlone(Padding padding) {
    Network network = withHead(new FeatureShape(1, 24, 32), true, small()).withPadding(padding);
    List<Patch> cross =
        everywhere(network, 2, 1).stream().filter(p -> p.x() == 15 || p.y() == 11).toList();
    checkEqual(network, 1, List.of(cross));
  }

  static Stream<Network> vggs() {
    FeatureShape in = new FeatureShape(3, 64, 70);
    Vgg16.Head pooled = new Vgg16.Head.Pooled(0.3);
    Vgg16.Head flattening = new Vgg16.Head.Flattening(2, 16, 0.3);
    return Stream.of(
        Vgg16.of(new Vgg16.Options(in, 0.125, true, pooled, 1)),
        Vgg16.of(new Vgg16.Options(in, 0.125, false, flattening, 1)));
  }

  /** In colour, with and without batch norm: every corner, border and phase of the strides. */
  @ParameterizedTest
  @MethodSource("vggs")
  void bothHeadsOfVgg(Network network) {
    List<Patch> some =
        everywhere(network, 3, 2).stream()
            .filter(p -> p.x() % 5 == 0 || p.y() % 7 == 0 || p.x() == 68 || p.y() == 61)
            .filter(p -> p.x() < 3 || p.y() < 2 || p.x() > 66 || p.y() > 59 || p.x() % 3 == 0)
            .toList();
    checkEqual(network, List.of(some));
  }

  private static TorchClassifier vgg(Precision precision, int batch) {
    return TinyNets.classifier(TinyNets.vgg(1, 64), precision, batch);
  }

  private static GrayImage picture() {
    return TinyNets.pictures(TinyNets.vgg(1, 64), 1).get(0);
  }

  @Test
  void sizesMayBeMixedAndBatchesDoNotMatter() {
    Network network = TinyNets.vgg(1, 64);
    List<Patch> mixed = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      mixed.add(everywhere(network, 1 + i % 3, 2).get(411 * i));
      mixed.add(everywhere(network, 64, 60).get(i % 5));
    }
    for (int batch : new int[] {1, 2, 3, 64}) {
      try (TorchClassifier it = vgg(Precision.FLOAT32, batch);
          PatchScorer quick = it.patches(picture())) {
        assertInstanceOf(IncrementalScorer.class, quick);
        checkEqual(PatchScorer.full(it, picture()), quick, mixed);
      }
    }
  }

  /** However threads share a batch out, and however few of it are of one size. */
  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void aPatchHasTheSameLogitInAnyCompany(Precision precision) {
    Network network = TinyNets.vgg(1, 64);
    for (List<Patch> size : List.of(everywhere(network, 1, 1), everywhere(network, 12, 20))) {
      List<Patch> patches = IntStream.range(0, 24).mapToObj(i -> size.get(71 * i)).toList();
      try (TorchClassifier it = vgg(precision, 64);
          PatchScorer quick = it.patches(picture())) {
        assertInstanceOf(IncrementalScorer.class, quick);
        float[] together = quick.logits(patches);
        for (int n = 1; n < patches.size(); n++) {
          float[] some = quick.logits(patches.subList(0, n));
          assertArrayEquals(Arrays.copyOf(together, n), some, n + " of them");
        }
      }
    }
  }

  @Test
  void whatChangesNothingHasTheBaseLogit() {
    GrayImage base = picture();
    try (TorchClassifier it = vgg(Precision.FLOAT32, 4);
        PatchScorer quick = it.patches(base)) {
      assertEquals(it.logits(List.of(base))[0], quick.baseLogit());
      Patch same = Patch.pixel(7, 9, base.at(7, 9));
      assertEquals(quick.baseLogit(), quick.logits(List.of(same))[0], 1e-6);
      assertEquals(0, quick.logits(List.of()).length);
    }
  }

  @Test
  void twoPicturesAtOnceDoNotMix() {
    List<GrayImage> two = TinyNets.pictures(TinyNets.vgg(1, 64), 2);
    List<Patch> patches = List.of(Patch.pixel(0, 0, 3), Patch.pixel(63, 40, 3));
    try (TorchClassifier it = vgg(Precision.FLOAT32, 4);
        PatchScorer first = it.patches(two.get(0))) {
      float[] alone = first.logits(patches);
      try (PatchScorer second = it.patches(two.get(1))) {
        checkEqual(PatchScorer.full(it, two.get(1)), second, patches);
        assertArrayEquals(alone, first.logits(patches));
      }
      assertArrayEquals(alone, first.logits(patches));
    }
  }

  @Test
  void theStemOfABranchedNetworkIsFollowed() {
    Network network = TinyNets.inception(1, 96);
    checkEqual(
        network,
        List.of(everywhere(network, 2, 2).stream().filter(p -> p.x() % 31 == p.y() % 31).toList()));
  }

  /** No more is lost than by full passes in bfloat16. */
  @ParameterizedTest
  @MethodSource("networks")
  void smallChangesAreSeenInBfloat16(Network network) {
    GrayImage base = TinyNets.pictures(network, 1).get(0);
    for (Padding padding : Padding.values()) {
      Network padded = network.withPadding(padding);
      checkSeen(padded, base, everywhere(padded, 1, 1));
      checkSeen(padded, base, everywhere(padded, 6, 5));
      checkSeen(padded, base, everywhere(padded, padded.input().height(), 3));
    }
  }

  @Test
  void smallChangesOfVggAreSeenInBfloat16() {
    Network network = TinyNets.vgg(1, 64);
    List<Patch> some =
        everywhere(network, 4, 4).stream().filter(p -> p.x() % 7 == 0 && p.y() % 5 == 0).toList();
    checkSeen(network, picture(), some);
    try (TorchClassifier it = vgg(Precision.BFLOAT16, 4);
        PatchScorer quick = it.patches(picture())) {
      assertInstanceOf(IncrementalScorer.class, quick);
      Patch same = Patch.pixel(7, 9, picture().at(7, 9));
      assertEquals(quick.baseLogit(), quick.logits(List.of(same))[0], 1e-6);
    }
  }

  private static void checkSeen(Network network, GrayImage base, List<Patch> patches) {
    try (TorchClassifier exact = TinyNets.classifier(network, Precision.FLOAT32, 50);
        TorchClassifier rounded = TinyNets.classifier(network, Precision.BFLOAT16, 50);
        TorchModule module =
            TorchClassifier.load(
                network,
                TinyNets.weights(network),
                TinyNets.PREPROCESSING,
                Precision.BFLOAT16,
                TorchDevice.cpu(),
                List.of());
        PatchScorer quick =
            new IncrementalScorer(
                new IncrementalScorers(
                    network,
                    TinyNets.PREPROCESSING,
                    TorchClassifier.Settings.cpu(Precision.BFLOAT16)),
                rounded,
                module,
                PictureThreads.none(),
                base)) {
      PatchScorer full = PatchScorer.full(exact, base);
      double followed = error(full, quick, patches);
      double passes = error(full, PatchScorer.full(rounded, base), patches);
      assertTrue(followed <= 0.005 + 1.1 * passes, followed + " is lost, " + passes + " by passes");
    }
  }

  /** The root of the mean square error of all effects, by that of the effects. */
  private static double error(PatchScorer exact, PatchScorer rounded, List<Patch> patches) {
    float[] expected = exact.logits(patches);
    float[] found = rounded.logits(patches);
    double wrong = 0;
    double all = 0;
    for (int i = 0; i < expected.length; i++) {
      double effect = expected[i] - exact.baseLogit();
      wrong += Math.pow(found[i] - rounded.baseLogit() - effect, 2);
      all += effect * effect;
    }
    return Math.sqrt(wrong / all);
  }

  @Test
  void whatGainsTooLittleIsScoredInFull() {
    assertFalse(gains(InceptionResNetV2.of(InceptionResNetV2.Options.published()), 1));
    Network vgg = Vgg16.of(Vgg16.Options.published());
    assertTrue(gains(vgg, 1) && gains(vgg, 32));
    assertFalse(gains(vgg, 200));
  }

  private static boolean gains(Network network, int side) {
    return new IncrementalScorers(
            network, Preprocessing.identity(), TorchClassifier.Settings.cpu(Precision.FLOAT32))
        .gains(PatchPlan.of(network, side, side));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void otherSizesAndPatchesBeyondTheBorderAreRefused(Precision precision) {
    try (TorchClassifier it = vgg(precision, 4);
        PatchScorer quick = it.patches(picture())) {
      List<Patch> beyond = List.of(new Patch(60, 0, GrayImage.filled(new Canvas(5, 1), 0)));
      assertThrows(IllegalArgumentException.class, () -> quick.logits(beyond));
      GrayImage wrong = GrayImage.filled(Canvas.square(63), 0);
      assertThrows(IllegalArgumentException.class, () -> it.patches(wrong));
    }
  }
}
