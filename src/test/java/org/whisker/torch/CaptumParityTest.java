package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.GradCam;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Attributions of logit 7 of torchvision's VGG-16 on formula weights against what Captum computes
 * in float64 (captum/make_captum.py): relative L2.
 */
class CaptumParityTest {
  private static final double TOLERANCE = 1e-4;
  private static final int SIDE = 96;
  private static final long SEED = FormulaWeights.REFERENCE_SEED;

  private static ColourClassifier classifier(Precision precision) {
    FeatureShape in = new FeatureShape(3, SIDE, SIDE);
    Network network = Vgg16.of(Vgg16.Options.published().with(in, 1000));
    FormulaWeights weights = new FormulaWeights(network.parameters(), SEED);
    return new ColourClassifier(network, weights, precision, 7);
  }

  private static List<GrayImage> image(ColourClassifier classifier) {
    float[] planes = FormulaWeights.input(3, SIDE, SIDE, SEED);
    return List.of(new GrayImage(classifier.canvas(), planes));
  }

  @Test
  void gradientAndGradCamInFloat32() throws IOException {
    // the last ReLU; Captum's file keeps what is above 0
    CamOptions options =
        new CamOptions("features.29", CamOptions.Target.NOT_CAT, true, Upsampling.BILINEAR);
    try (ColourClassifier it = classifier(Precision.FLOAT32)) {
      check("saliency-signed", new InputGradient().maps(it, image(it), 1).get(0));
      SaliencyMap grid = new GradCam(options).grids(it, image(it), 1).get(0);
      assertEquals(Canvas.square(6), grid.canvas());
      check("gradcam-features29", grid);
      check("gradcam-features29-bilinear96", Upsampling.BILINEAR.apply(grid, Canvas.square(SIDE)));
    }
  }

  /**
   * The same as pictures in colours of a classifier: maps are sums over the channels. Its logit is
   * the one output, so the last layer has that row alone.
   */
  @Test
  void picturesInColoursHaveTheSumOverTheChannels() throws IOException {
    FeatureShape in = new FeatureShape(3, SIDE, SIDE);
    Network all = Vgg16.of(Vgg16.Options.published().with(in, 1000));
    Network one = Vgg16.of(Vgg16.Options.published().with(in, 1));
    FormulaWeights weights = new FormulaWeights(all.parameters(), SEED);
    Map<String, Tensor> row = new HashMap<>();
    for (Parameter p : one.output().parameters()) {
      float[] values = new float[Math.toIntExact(p.size())];
      weights.floats(p.name()).position(7 * values.length).get(values);
      row.put(p.name(), Tensor.of(p.shape(), values));
    }
    float[] planes = FormulaWeights.input(3, SIDE, SIDE, SEED);
    PlanarImage picture = PlanarImage.of(Canvas.square(SIDE), planes);
    try (TorchClassifier it =
        new TorchClassifier(
            "one",
            one,
            Map.of(),
            Weights.of(row).over(weights),
            Preprocessing.identity(),
            TorchClassifier.Settings.cpu(Precision.FLOAT32),
            3,
            Optional.empty())) {
      float[] perChannel = npy("saliency-signed");
      float[] summed = new float[SIDE * SIDE];
      for (int i = 0; i < perChannel.length; i++) {
        summed[i % summed.length] += perChannel[i];
      }
      SaliencyMap found = new InputGradient().maps(it, List.of(picture), 1).get(0);
      double relative = TinyNets.relative(summed, found.values());
      System.out.println("gradient summed over channels: relative L2 " + relative);
      assertTrue(relative < TOLERANCE, "relative L2 " + relative);
      CamOptions options =
          new CamOptions("features.29", CamOptions.Target.NOT_CAT, true, Upsampling.BILINEAR);
      check("gradcam-features29", new GradCam(options).grids(it, List.of(picture), 1).get(0));
    }
  }

  /**
   * In float64, as Captum's: at about half of 50 steps a rounding in float32 flips a ReLU or a
   * maximum somewhere, which keeps that map at a relative 1.5e-3.
   */
  @Test
  void integratedGradientsInFloat64() throws IOException {
    try (ColourClassifier it = classifier(Precision.FLOAT64)) {
      checkPath(it, Baseline.black(), "0");
      checkPath(it, Baseline.white(), "1");
    }
  }

  private static void checkPath(ColourClassifier it, Baseline baseline, String value)
      throws IOException {
    IntegratedGradients method = new IntegratedGradients(baseline, 6);
    IntegratedGradients.Result result = method.results(it, image(it), 5).get(0);
    String file = "integrated-gradients-gausslegendre6-baseline" + value;
    check(file, result.map());
    // so few steps leave some error, and must leave what they leave Captum
    double expected = result.baselineLogit() - result.logit();
    for (float reference : npy(file)) {
      expected += reference;
    }
    System.out.println("completeness error: " + result.completenessError() + ", " + expected);
    assertEquals(expected, result.completenessError(), 1e-3);
  }

  private static void check(String file, SaliencyMap found) throws IOException {
    double relative = TinyNets.relative(npy(file), found.values());
    System.out.println(file + ": relative L2 " + relative);
    assertTrue(relative < TOLERANCE, file + ": relative L2 " + relative);
  }

  /** The values of a float32 file, whatever its shape. */
  private static float[] npy(String name) throws IOException {
    try (InputStream in = CaptumParityTest.class.getResourceAsStream("captum/" + name + ".npy")) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[bytes.position(8).getShort()];
      bytes.get(header);
      assertTrue(new String(header, StandardCharsets.US_ASCII).contains("'<f4'"), name);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    }
  }
}
