package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.ModelStore;
import org.whisker.image.PlanarImage;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Fill;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.Methods;

/**
 * Every method that Captum, Zennit or pytorch-grad-cam has, in float64: on the networks of the
 * repository with a gray photo, and on networks that see colours with a picture of three channels.
 * There a map of whisker's is the other tool's map summed over the channels (of magnitudes and of
 * variances, too), but for occlusion: its window hides all channels, and Captum gives each channel
 * the whole effect, which whisker gives once. The largest differences are in the guide.
 */
class EmbeddedParityTest {
  private static final double TOLERANCE = 2e-5;

  /** All but LRP ε; no picture on a path turned a unit on or off. */
  private static final double IN_COLOUR = 1e-4;

  /** The pictures on the path are rounded to float32, which turns some units on or off. */
  private static final double PATH = 1e-3;

  private static final List<String> ON_A_PATH =
      List.of("integrated-gradients", "layer-conductance", "gradient-shap");

  /** Where values near 0 are divided by. */
  private static final double RELEVANCE = 2e-3;

  /** By network: the layer of class activation maps, and that of Score-CAM. */
  private static final Map<String, List<String>> LAYERS =
      Map.of(
          "vgg16-mini",
          List.of("features.42", "features.5"),
          "inception-resnet-v2-mini",
          List.of("repeat_1", "conv2d_4a"),
          "mobilenet-v2-cats",
          List.of("features.18", "features.0"),
          ColourNets.VGG,
          List.of("features.29", "features.3"),
          ColourNets.INCEPTION,
          List.of("repeat_1", "conv2d_4a"));

  private static final List<String> ON_PIXELS =
      List.of(
          "gradient",
          "absolute-gradient",
          "integrated-gradients",
          "occlusion",
          "deeplift",
          "smoothgrad",
          "vargrad",
          "gradient-shap",
          "smooth-integrated-gradients",
          "lrp-epsilon",
          "lrp-epsilon-plus",
          "lrp-epsilon-plus-flat",
          "lrp-epsilon-alpha2-beta1",
          "lrp-epsilon-gamma-box");

  private static final List<String> ON_A_LAYER =
      List.of("layer-gradient-x-activation", "layer-conductance", "grad-cam++", "eigen-cam");

  /** A network, its picture, and what that is compared with. */
  private record Case(
      String network,
      EmbeddedReference expected,
      TorchClassifier classifier,
      PlanarImage picture,
      Baseline light) {
    private MethodSettings settings(Baseline baseline, int layer, Upsampling upsampling) {
      int side = picture.canvas().width();
      Fill fill = layer == 0 ? Fill.white() : Fill.black();
      return new MethodSettings(
          baseline,
          QuadratureSteps.fixed(20),
          new NoiseOptions(2, 0.1, 1),
          LAYERS.getOrDefault(network, List.of()).get(layer),
          upsampling,
          OcclusionOptions.square(side / 4, side / 8, fill),
          0,
          1,
          new RiseOptions(4, 2, 0.5, fill, 1),
          new ShapleyOptions(4, 1));
    }

    private Attribution explain(String method, MethodSettings settings) {
      return new Attributions(classifier, settings, 16, done -> {}, () -> false)
          .of(Methods.named(method), picture)
          .orElseThrow();
    }

    private Attribution explain(String method) {
      return explain(method, settings(light, 0, Upsampling.NEAREST));
    }
  }

  /** Compares, tells the reporter, and keeps what is too large. */
  private record Checked(Case of, TestReporter reporter, List<String> wrong) {
    void check(String reference, SaliencyMap found) {
      if (of.expected.has(reference)) {
        double error = of.expected.difference(reference, found, reference.equals("eigen-cam"));
        String text = String.format(Locale.ROOT, "%.1e", error);
        reporter.publishEntry(of.network + " " + reference, text);
        if (!(error < tolerance(of.network, reference))) {
          wrong.add(reference + ": relative L2 " + text);
        }
      }
    }
  }

  private static double tolerance(String network, String reference) {
    if (ColourNets.has(network) && !reference.equals("lrp-epsilon")) {
      return IN_COLOUR;
    }
    if (ON_A_PATH.contains(reference)) {
      return PATH;
    }
    return reference.startsWith("lrp") ? RELEVANCE : TOLERANCE;
  }

  private static SaliencyMap grid(Attribution of) {
    return of.companions().get(0).map();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vgg16-mini",
        "inception-resnet-v2-mini",
        "mobilenet-v2-cats",
        ColourNets.VGG,
        ColourNets.INCEPTION
      })
  void mapsAreThoseOfOtherTools(String network, TestReporter reporter) throws IOException {
    try (TorchClassifier classifier = open(network)) {
      PlanarImage photo =
          ColourNets.has(network)
              ? ColourNets.picture(classifier.canvas())
              : EmbeddedReference.photo(classifier.canvas());
      PlanarImage light = EmbeddedReference.light(classifier.canvas(), photo.planes());
      Case of =
          new Case(
              network,
              EmbeddedReference.of(network),
              classifier,
              photo,
              Baseline.image("light", light));
      Checked checked = new Checked(of, reporter, new ArrayList<>());
      float[] logits = classifier.logits(List.of(photo, light));
      assertEquals(of.expected.logit(0), logits[0], 2e-6);
      assertEquals(of.expected.logit(1), logits[1], 2e-6);
      ON_PIXELS.stream()
          .filter(of.expected::has)
          .forEach(name -> checked.check(name, complete(name, of.explain(name)).map()));
      ON_A_LAYER.forEach(name -> checked.check(name, grid(of.explain(name))));
      withOtherSettings(of, checked);
      assertTrue(checked.wrong.isEmpty(), network + ": " + checked.wrong);
    }
  }

  private static TorchClassifier open(String network) throws IOException {
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT64);
    return ColourNets.has(network)
        ? ColourNets.open(network, run)
        : Classifiers.open(new ModelStore(Path.of("models")).open(network), run);
  }

  /** DeepLIFT's values add up to the difference of the logits. */
  private static Attribution complete(String method, Attribution found) {
    if (method.equals("deeplift")) {
      double error = found.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow();
      assertTrue(Math.abs(error) < 1e-5, method + ": " + error);
    }
    return found;
  }

  private static void withOtherSettings(Case of, Checked checked) {
    for (String name : List.of("gradient-x-input", "smooth-gradient-x-input")) {
      checked.check(
          name, of.explain(name, of.settings(Baseline.black(), 0, Upsampling.NEAREST)).map());
    }
    checked.check(
        "score-cam", grid(of.explain("score-cam", of.settings(of.light, 1, Upsampling.NEAREST))));
    Attribution nearest = of.explain("grad-cam");
    checked.check("grad-cam-grid", grid(nearest));
    checked.check("grad-cam-nearest", nearest.map());
    checked.check(
        "grad-cam-bilinear",
        of.explain("grad-cam", of.settings(of.light, 0, Upsampling.BILINEAR)).map());
  }
}
