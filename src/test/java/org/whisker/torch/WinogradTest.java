package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.PatchPlan;
import org.whisker.network.Window;
import org.whisker.torch.IncrementalScorer.IncrementalScript;
import org.whisker.torch.script.OperationScript.ActivationScript;
import org.whisker.torch.script.WinogradScript;
import org.whisker.weights.FormulaWeights;

/** Convolutions by Winograd's F(4, 3), against libtorch's in float64. */
class WinogradTest {
  private static final TorchDevice CPU = TorchDevice.cpu();

  @BeforeAll
  static void onlyWithOneDnn() {
    assumeTrue(Fusion.available(Precision.FLOAT32, CPU), "not on this machine");
  }

  private static Layer.Conv conv(int in, int out, int padding, boolean bias) {
    return new Layer.Conv(in, out, Window.square(3, 1, padding), bias);
  }

  private static Optional<WinogradScript> chosen(Layer.Conv conv, int height, int width) {
    FeatureShape in = new FeatureShape(conv.in(), height, width);
    return WinogradScript.of(conv, conv.output(List.of(in)), false);
  }

  /** Two pictures; the map's sides are multiples of four and not, in one part and in several. */
  @ParameterizedTest
  @CsvSource({
    "64, 64, 24, 24, 1, true, relu",
    "64, 80, 23, 30, 0, false, none",
    "80, 64, 21, 23, 2, true, clip",
    "64, 128, 22, 25, 1, true, none",
    "128, 128, 16, 16, 1, true, relu",
    "128, 144, 17, 16, 1, false, relu",
    "144, 128, 18, 21, 0, true, clip",
    "128, 128, 15, 16, 2, true, none",
    "128, 128, 48, 44, 1, true, relu"
  })
  void mapsAreThoseOfAConvolution(
      int in, int out, int height, int width, int padding, boolean bias, String then) {
    Layer.Conv conv = conv(in, out, padding, bias);
    WinogradScript by = chosen(conv, height, width).orElseThrow();
    assertEquals(Math.min(in, out) >= 128, by.square());
    Optional<Activation> activation =
        switch (then) {
          case "relu" -> Optional.of(Activation.relu());
          case "clip" -> Optional.of(Activation.clip(-0.25, 0.5));
          default -> Optional.empty();
        };
    Random random = new Random(7);
    try (TorchModule module = TorchModule.load(archive(conv, by, activation), CPU.djl());
        NDManager scope = module.scope()) {
      NDArray x = values(scope, random, 1, 2, in, height, width);
      NDArray w = values(scope, random, Math.sqrt(1.0 / (9 * in)), out, in, 3, 3);
      NDArray b = values(scope, random, 1, out);
      float[] exact = module.infer(scope, "exact", x, w, b).singletonOrThrow().toFloatArray();
      float[] direct = module.infer(scope, "direct", x, w, b).singletonOrThrow().toFloatArray();
      float[] found = module.infer(scope, "winograd4", x, w, b).singletonOrThrow().toFloatArray();
      double error = rms(exact, found);
      assertTrue(error < 2e-6, "off by " + error);
      assertTrue(error < 6 * rms(exact, direct), "off by " + error + ", " + rms(exact, direct));
    }
  }

  private static byte[] archive(
      Layer.Conv conv, WinogradScript by, Optional<Activation> activation) {
    int pad = conv.window().rows().before();
    String head = "(self: __torch__.Net, x: Tensor, w: Tensor, b: Tensor) -> Tensor:\n";
    String then = activation.map(a -> ActivationScript.of(a, "y", false)).orElse("y");
    String methods =
        WinogradScript.methods()
            + "  def winograd4"
            + head
            + "    u = %s\n    c = %s\n".formatted(by.weight("w"), by.bias("b"))
            + "    return torch.contiguous(%s, memory_format=0)\n"
                .formatted(by.call("x", "u", conv.bias() ? "c" : "None", activation))
            + reference("direct", head, conv, pad, then, 6)
            + reference("exact", head, conv, pad, then, 7);
    return TorchScriptArchive.write(List.of(), methods);
  }

  private static String reference(
      String name, String head, Layer.Conv conv, int pad, String then, int type) {
    return String.format(
        Locale.ROOT,
        """
          def %1$s%2$s\
            b = torch.to(b, %5$d)
            y = torch.conv2d(torch.to(x, %5$d), torch.to(w, %5$d), %3$s, [1, 1], [%4$d, %4$d], [1, 1], 1)
            return torch.to(%6$s, 6)
        """,
        name,
        head,
        conv.bias() ? "b" : "None",
        pad,
        type,
        then);
  }

  private static NDArray values(NDManager scope, Random random, double scale, int... shape) {
    Shape of = new Shape(Arrays.stream(shape).asLongStream().toArray());
    float[] values = new float[Math.toIntExact(of.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return TorchModule.array(scope, FloatBuffer.wrap(values), of);
  }

  /** The root mean square of what two differ by. */
  private static double rms(float[] one, float[] two) {
    assertEquals(one.length, two.length);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow((double) one[i] - two[i], 2);
    }
    return Math.sqrt(sum / one.length);
  }

  @Test
  void theShapeDecides() {
    assertTrue(chosen(conv(64, 64, 1, true), 32, 32).isPresent());
    assertFalse(chosen(conv(64, 64, 1, true), 32, 32).orElseThrow().square());
    assertTrue(chosen(conv(256, 512, 1, true), 28, 28).orElseThrow().square());
    assertFalse(chosen(conv(48, 64, 1, true), 32, 32).isPresent(), "few channels");
    assertFalse(chosen(conv(64, 72, 1, true), 32, 32).isPresent(), "half a vector");
    assertFalse(chosen(conv(64, 64, 1, true), 112, 112).isPresent(), "not in the cache");
    assertFalse(chosen(conv(512, 512, 1, true), 7, 7).isPresent(), "few tiles");
    assertFalse(chosen(conv(96, 96, 1, true), 13, 13).isPresent(), "few values");
    assertFalse(chosen(conv(64, 64, 3, true), 32, 32).isPresent(), "rows of zeros alone");
    List<Layer.Conv> others =
        List.of(
            new Layer.Conv(64, 64, Window.square(3, 2, 1), true),
            new Layer.Conv(64, 64, Window.square(5, 1, 2), true),
            new Layer.Conv(64, 64, new Window(1, 3, 1, 0, 1), true),
            new Layer.Conv(64, 64, new Window(3, 3, 1, 1, 0), true),
            new Layer.Conv(64, 64, Window.square(3, 1, 1), 2, true),
            Layer.Conv.depthwise(64, Window.square(3, 1, 1), true));
    others.forEach(other -> assertFalse(chosen(other, 32, 32).isPresent(), other::toString));
  }

  private static Network vgg() {
    Architecture mini =
        new Architecture(Architecture.Kind.VGG16, 0.25, List.of(), false, 16, 1, 0.1);
    return Networks.of(mini, new ModelCard.Input(1, 128, 128), 1);
  }

  @Test
  void onlyFloat32HasIt() {
    Network network = vgg();
    assertEquals(LayerScript.Mode.WINOGRAD, LayerScript.Mode.best(network, Precision.FLOAT32, CPU));
    for (Precision other : List.of(Precision.BFLOAT16, Precision.FLOAT64)) {
      assertFalse(LayerScript.Mode.best(network, other, CPU) == LayerScript.Mode.WINOGRAD);
    }
  }

  @Test
  void aLogitDoesNotDependOnThePicturesBesideIt() {
    Network network = vgg();
    List<GrayImage> pictures = TinyNets.pictures(network, 5);
    FormulaWeights weights = new FormulaWeights(network.parameters(), 3);
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (TorchClassifier classifier =
        new TorchClassifier("vgg", network, weights, TinyNets.PREPROCESSING, run)) {
      float[] together = classifier.logits(pictures);
      float[] alone = new float[pictures.size()];
      for (int i = 0; i < alone.length; i++) {
        alone[i] = classifier.logits(pictures.subList(i, i + 1))[0];
      }
      assertArrayEquals(together, alone);
    }
  }

  @Test
  void aSmallChangeIsFollowedFromTheSameBits() {
    Network network = vgg();
    GrayImage picture = TinyNets.pictures(network, 1).get(0);
    FormulaWeights weights = new FormulaWeights(network.parameters(), 3);
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (TorchClassifier classifier =
            new TorchClassifier("vgg", network, weights, TinyNets.PREPROCESSING, run);
        PatchScorer scorer = classifier.patches(picture)) {
      assertInstanceOf(IncrementalScorer.class, scorer);
      float gray = picture.grayValues()[0];
      List<Patch> patches = List.of(Patch.pixel(0, 0, gray), Patch.pixel(0, 0, 1 - gray));
      float[] found = scorer.logits(patches);
      float logit = classifier.logits(List.of(picture))[0];
      assertEquals(logit, found[0], "no change");
      float[] changed = picture.grayValues().clone();
      changed[0] = 1 - gray;
      float full = classifier.logits(List.of(new GrayImage(picture.canvas(), changed)))[0];
      assertTrue(full != logit);
      assertEquals(full, found[1], 2e-6 * Math.max(1, Math.abs(full)));
    }
  }

  /** As if each were alone, and what full passes give: at borders, corners and between. */
  @ParameterizedTest
  @CsvSource({"1, 1", "16, 16", "9, 30"})
  void windowsInTilesHaveTheSameLogitInAnyCompany(int width, int height) {
    Network network = vgg();
    GrayImage picture = TinyNets.pictures(network, 1).get(0);
    FormulaWeights weights = new FormulaWeights(network.parameters(), 3);
    List<Patch> patches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int x = i % 5 * (128 - width) / 4;
      int y = i / 5 * (128 - height) / 3;
      patches.add(new Patch(x, y, GrayImage.filled(new Canvas(width, height), i % 2)));
    }
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (TorchClassifier classifier =
            new TorchClassifier("vgg", network, weights, TinyNets.PREPROCESSING, run);
        PatchScorer scorer = classifier.patches(picture)) {
      assertInstanceOf(IncrementalScorer.class, scorer);
      float[] together = scorer.logits(patches);
      float[] full = PatchScorer.full(classifier, picture).logits(patches);
      for (int i = 0; i < together.length; i++) {
        assertEquals(full[i], together[i], 1e-5 * Math.abs(full[i]), "patch " + i);
      }
      for (int n : new int[] {1, 3, 8}) {
        for (int from = 0; from < patches.size(); from += n) {
          int to = Math.min(patches.size(), from + n);
          float[] some = scorer.logits(patches.subList(from, to));
          assertArrayEquals(Arrays.copyOfRange(together, from, to), some, n + " from " + from);
        }
      }
    }
  }

  /** Deep layers, none of them alike in all places. */
  @Test
  void layersOfManyChannelsAreFollowedInTiles() {
    Network network = vgg();
    Set<Integer> tiles =
        new IncrementalScript(
                network,
                TinyNets.PREPROCESSING,
                PatchPlan.followed(network),
                LayerScript.Mode.WINOGRAD,
                FixedPasses.of(network, Precision.FLOAT32, TorchDevice.cpu()))
            .fit()
            .tiles();
    assertFalse(tiles.isEmpty());
    PatchPlan plan = PatchPlan.of(network, 16, 16);
    PatchPlan.Fit fit = new PatchPlan.Fit(tiles, WinogradScript.TILE);
    tiles.forEach(i -> assertEquals(0, plan.rows(0, fit).length().get(i) % WinogradScript.TILE));
  }
}
