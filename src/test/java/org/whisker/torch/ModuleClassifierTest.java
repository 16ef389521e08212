package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.weights.FormulaWeights;

class ModuleClassifierTest {
  private static final Output ABOUT_NOT_CAT = new Output(Output.Form.LOGIT, 1, List.of(0));
  private static final Output ABOUT_CAT = new Output(Output.Form.LOGIT, 1, List.of(1));

  @TempDir Path folder;

  private static GrayImage noise(int side, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new GrayImage(new Canvas(side, side), values);
  }

  /** The numbers that PyTorch 2.6 gave, from the reference's tiny-cnn.json. */
  @Test
  void logitsAndInputGradientOfPyTorchsOwnModule() {
    double[] logits = {
      -0.15346099436283112,
      -0.19986620545387268,
      0.23545792698860168,
      0.29575487971305847,
      0.17306563258171082
    };
    double[] gradient = {
      0.001326191471889615,
      4.05705941375345e-05,
      -0.0001576723880134523,
      -0.001095956889912486,
      0.0014678051229566336,
      0.0008151945658028126,
      0.0014403900131583214,
      -0.0021465783938765526
    };
    byte[] deriving =
        TorchScriptArchive.write(
            List.of(),
            """
              def leaf(self: __torch__.Net, x: Tensor) -> Tensor:
                return torch.requires_grad_(torch.detach(x), True)
              def derive(self: __torch__.Net, y: Tensor, x: Tensor) -> Tensor:
                z = torch.select(torch.select(y, 0, 0), 0, 2)
                g = torch.grad([z], [x], None, None, False, False)
                return unchecked_cast(Tensor, g[0])
            """);
    try (TorchModule module = TorchModule.load(Modules.tinyCnn(folder), Device.cpu());
        TorchModule around = TorchModule.load(deriving, Device.cpu());
        NDManager scope = module.scope()) {
      FloatBuffer image = FloatBuffer.wrap(FormulaWeights.input(3, 32, 32, 20261124));
      NDArray x = scope.create(image, new Shape(1, 3, 32, 32), DataType.FLOAT32);
      NDArray leaf = around.record(scope, "leaf", x).singletonOrThrow();
      NDArray y = module.record(scope, "forward", leaf).singletonOrThrow();
      assertClose(logits, y.toFloatArray(), 1e-5);
      float[] g = around.record(scope, "derive", y, leaf).singletonOrThrow().toFloatArray();
      assertClose(gradient, java.util.Arrays.copyOf(g, 8), 1e-5 * 0.13);
      double sum = 0;
      for (float each : g) {
        sum += (double) each * each;
      }
      assertEquals(0.13085903227329254, Math.sqrt(sum), 1e-5 * 0.13);
    }
  }

  private static void assertClose(double[] wanted, float[] got, double tolerance) {
    assertEquals(wanted.length, got.length);
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], got[i], tolerance, "number " + i);
    }
  }

  @Test
  void severalCatsAreOneLogit() {
    Output output = new Output(Output.Form.LOGITS, 5, List.of(4, 0, 1));
    var preprocessing = new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f));
    GrayImage picture = noise(32, 1);
    try (ModuleClassifier theirs =
        new ModuleClassifier(
            Modules.card(3, 32, preprocessing, output), Modules.tinyCnn(folder), Modules.CPU)) {
      double[] y = theirs.raw(List.of(picture)).values().stream().mapToDouble(v -> v).toArray();
      double cats = Math.exp(y[0]) + Math.exp(y[1]) + Math.exp(y[4]);
      double others = Math.exp(y[2]) + Math.exp(y[3]);
      assertEquals(Math.log(others / cats), theirs.logits(List.of(picture))[0], 1e-6);
    }
  }

  @Test
  void theGradientIsThatOfTheGrayValues() {
    Output output = new Output(Output.Form.LOGITS, 5, List.of(0, 1));
    var preprocessing = new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f));
    try (ModuleClassifier theirs =
        new ModuleClassifier(
            Modules.card(3, 32, preprocessing, output), Modules.tinyCnn(folder), Modules.CPU)) {
      List<GrayImage> pictures = List.of(noise(32, 1), noise(32, 2));
      List<float[]> gradients = theirs.inputGradients(pictures);
      for (int p = 0; p < 2; p++) {
        float[] up = new float[32 * 32];
        float[] down = up.clone();
        pictures.get(p).paint(up, 0);
        pictures.get(p).paint(down, 0);
        double wanted = 0;
        for (int i = 0; i < up.length; i += 7) {
          double step = 0.01 * Math.signum(gradients.get(p)[i]);
          up[i] += (float) step;
          down[i] -= (float) step;
          wanted += 2 * step * gradients.get(p)[i];
        }
        Canvas canvas = theirs.canvas();
        float[] ends =
            theirs.logits(List.of(new GrayImage(canvas, up), new GrayImage(canvas, down)));
        assertEquals(wanted, ends[0] - ends[1], 0.02 * Math.abs(wanted));
      }
    }
  }

  /** The mean gray value less a half, times 8. */
  private static final String MEAN =
      "y = torch.mul(torch.sub(torch.mean(x, [1, 2, 3], True), 0.5), 8)";

  private float[] logits(Output output, String body, GrayImage... pictures) throws IOException {
    Path file = Modules.write(folder, body);
    try (var theirs = new ModuleClassifier(Modules.card(output), file, Modules.CPU)) {
      return theirs.logits(List.of(pictures));
    }
  }

  private static GrayImage gray(float value) {
    float[] values = new float[64];
    java.util.Arrays.fill(values, value);
    return new GrayImage(new Canvas(8, 8), values);
  }

  @Test
  void oneLogitMayBeAboutEitherClass() throws IOException {
    assertArrayEquals(new float[] {4, 0}, logits(ABOUT_NOT_CAT, MEAN, gray(1), gray(0.5f)), 1e-6f);
    assertArrayEquals(new float[] {-4, 0}, logits(ABOUT_CAT, MEAN, gray(1), gray(0.5f)), 1e-6f);
  }

  @Test
  void aSigmoidIsUndoneAndNeverInfinite() throws IOException {
    Output output = new Output(Output.Form.SIGMOID, 1, List.of(0));
    String sigmoid = MEAN + "\ny = torch.sigmoid(torch.mul(y, %d))";
    assertEquals(4, logits(output, sigmoid.formatted(1), gray(1))[0], 1e-4);
    float[] saturated = logits(output, sigmoid.formatted(100), gray(1), gray(0));
    assertTrue(saturated[0] > 16 && saturated[0] < 18, "" + saturated[0]);
    assertTrue(saturated[1] < -16 && saturated[1] > -18, "" + saturated[1]);
  }

  @Test
  void bfloat16AndHalfOutputsAreRead() throws IOException {
    assertEquals(4, logits(ABOUT_NOT_CAT, MEAN + "\ny = torch.to(y, 15)", gray(1))[0], 0.05);
    assertEquals(4, logits(ABOUT_NOT_CAT, MEAN + "\ny = torch.to(y, 5)", gray(1))[0], 0.05);
  }

  @Test
  void aModuleMayWriteOverItsInput() throws IOException {
    Path file =
        Modules.write(
            folder, "x = torch.mul_(torch.sub_(x, 0.5), 8)\ny = torch.mean(x, [1, 2, 3], False)");
    try (var theirs = new ModuleClassifier(Modules.card(ABOUT_NOT_CAT), file, Modules.CPU)) {
      BlackPixels black = BlackPixels.of(theirs.canvas(), 3, 5);
      float[] first = theirs.logits(List.of(gray(1), black));
      assertArrayEquals(new float[] {4, 3.75f}, first, 1e-6f);
      assertEquals(8f / 64, theirs.inputGradients(List.of(black)).get(0)[0], 1e-6f);
      // only the black pixels that changed are painted anew
      assertArrayEquals(first, theirs.logits(List.of(gray(1), black)), 0);
    }
  }

  @Test
  void picturesAreScoredInBatches() throws IOException {
    Path file = Modules.write(folder, MEAN);
    var run = new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 2);
    try (var theirs = new ModuleClassifier(Modules.card(ABOUT_NOT_CAT), file, run)) {
      List<GrayImage> five = List.of(gray(0), gray(1), gray(0.5f), gray(0.75f), gray(0.25f));
      assertArrayEquals(new float[] {-4, 4, 0, 2, -2}, theirs.logits(five), 1e-6f);
      assertEquals(5, theirs.inputGradients(five).size());
      assertEquals(8f / 64, theirs.inputGradients(five).get(4)[63], 1e-6f);
    }
  }

  @Test
  void float32Only() throws IOException {
    Path file = Modules.write(folder, MEAN);
    var run = TorchClassifier.Settings.cpu(Precision.BFLOAT16);
    ModuleException e =
        assertThrows(
            ModuleException.class,
            () -> new ModuleClassifier(Modules.card(ABOUT_NOT_CAT), file, run));
    assertTrue(String.valueOf(e.getMessage()).contains("float32 only"), e.getMessage());
  }
}
