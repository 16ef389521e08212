package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.option.Records;
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
 * Methods against Captum, Zennit and the formulas of pytorch-grad-cam (rules/make_rules.py), on
 * formula weights, in float64; and what must hold of them on the architectures of the repository.
 */
class RulesParityTest {
  private static final double TOLERANCE = 2e-5;
  private static final GrayImage PICTURE = RulesNet.picture();
  private static TorchClassifier classifier = RulesNet.classifier(Precision.FLOAT64);

  @BeforeAll
  static void open() {
    classifier = RulesNet.classifier(Precision.FLOAT64);
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  static MethodSettings settings(String baseline, String layer, Fill fill) {
    Baseline from = baseline.equals("white") ? Baseline.white() : Baseline.black();
    return new MethodSettings(
        from,
        QuadratureSteps.fixed(20),
        new NoiseOptions(4, 0.1, 1),
        layer,
        Upsampling.NEAREST,
        OcclusionOptions.square(8, 8, fill),
        0,
        1,
        new RiseOptions(4, 2, 0.5, fill, 1),
        new ShapleyOptions(4, 1));
  }

  private static Attribution explain(
      TorchClassifier of, String method, MethodSettings settings, Raster picture) {
    return new Attributions(of, settings, 16, done -> {}, () -> false)
        .of(Methods.named(method), picture)
        .orElseThrow();
  }

  private static Attribution explain(String method, String baseline) {
    return explain(classifier, method, settings(baseline, RulesNet.LAYER, Fill.black()), PICTURE);
  }

  private static void check(String reference, SaliencyMap found) throws IOException {
    float[] expected = RulesNet.reference(reference);
    assertEquals(expected.length, found.values().length);
    double relative = TinyNets.relative(expected, found.values());
    assertTrue(relative < TOLERANCE, reference + ": relative L2 " + relative);
  }

  private static SaliencyMap grid(Attribution of) {
    return of.companions().get(0).map();
  }

  @Test
  void theNetworkIsTheSame() throws IOException {
    float[] expected = RulesNet.reference("logits");
    float[] found = classifier.logits(List.of(PICTURE, GrayImage.filled(RulesNet.CANVAS, 1)));
    assertEquals(expected[0], found[0], 1e-5);
    assertEquals(expected[1], found[1], 1e-5);
  }

  /**
   * Where it adds up: windows of maxima don't overlap, and none sits right behind a ReLU's hooks.
   */
  @ParameterizedTest
  @CsvSource({"white", "black"})
  void deepLiftIsCaptums(String baseline) throws IOException {
    check("deeplift-" + baseline, explain("deeplift", baseline).map());
  }

  @ParameterizedTest
  @EnumSource(
      value = RelevanceRule.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ATTENTION", "POSITION"})
  void relevanceIsZennits(RelevanceRule rule) throws IOException {
    check("lrp-" + rule.label(), explain("lrp-" + rule.label(), "white").map());
  }

  @Test
  void layerAttributionsAreCaptums() throws IOException {
    check("layer-gradient-x-activation", grid(explain("layer-gradient-x-activation", "white")));
    check("conductance-white", grid(explain("layer-conductance", "white")));
  }

  @Test
  void gradientShapAndSmoothMapsAreCaptums() throws IOException {
    check("gradient-shap-white", explain("gradient-shap", "white").map());
    check("smooth-gradient-x-input-black", explain("smooth-gradient-x-input", "black").map());
    check(
        "smooth-integrated-gradients-white", explain("smooth-integrated-gradients", "white").map());
  }

  /** A principal component has no sign, and whisker's is cut at 0. */
  @Test
  void scoreCamAndEigenCamArePytorchGradCams() throws IOException {
    check("score-cam-black-aligned", grid(explain("score-cam", "black")));
    float[] projection = RulesNet.reference("eigen-cam");
    double most = 0;
    for (float value : projection) {
      most = Math.abs(value) > Math.abs(most) ? value : most;
    }
    for (int i = 0; i < projection.length; i++) {
      projection[i] = (float) Math.max(0, projection[i] * Math.signum(most));
    }
    double relative = TinyNets.relative(projection, grid(explain("eigen-cam", "white")).values());
    assertTrue(relative < TOLERANCE, "eigen-cam: relative L2 " + relative);
  }

  @Test
  void xGradCamAndLayerCamArePytorchGradCams() throws IOException {
    check("xgrad-cam", grid(explain("xgrad-cam", "white")));
    check("layer-cam", grid(explain("layer-cam", "white")));
  }

  /** All sets of four squares; the values of a square are alike. */
  @ParameterizedTest
  @CsvSource({"lime", "kernel-shap"})
  void fitsToSquaresAreLimesAndCaptums(String method) throws IOException {
    MethodSettings of = settings("black", RulesNet.LAYER, Fill.black());
    MethodSettings whole =
        Records.changed(of, MethodSettings::rise).to(new RiseOptions(16, 2, 0.5, Fill.black(), 1));
    SaliencyMap map = explain(classifier, method, whole, PICTURE).map();
    float[] expected = RulesNet.reference("surrogates.json", method);
    int half = RulesNet.CANVAS.width() / 2;
    for (int i = 0; i < map.values().length; i++) {
      int square = RulesNet.CANVAS.y(i) / half * 2 + RulesNet.CANVAS.x(i) / half;
      assertEquals(expected[square], map.values()[i], 2e-5);
    }
  }

  /** Of many squares some sets are drawn; the values still sum to what all squares do. */
  @Test
  void drawnSetsComeNearAllSets() {
    MethodSettings of = settings("black", RulesNet.LAYER, Fill.black());
    MethodSettings all =
        Records.changed(of, MethodSettings::rise).to(new RiseOptions(512, 3, 0.5, Fill.black(), 1));
    MethodSettings some =
        Records.changed(of, MethodSettings::rise).to(new RiseOptions(400, 3, 0.5, Fill.black(), 1));
    for (String method : List.of("lime", "kernel-shap")) {
      float[] exact = explain(classifier, method, all, PICTURE).map().values();
      float[] drawn = explain(classifier, method, some, PICTURE).map().values();
      double relative = TinyNets.relative(exact, drawn);
      assertTrue(relative > 0 && relative < 0.15, method + ": relative L2 " + relative);
    }
  }

  /** A single superpixel has all that the picture does beside its fill. */
  @Test
  void oneRegionHasAll() {
    MethodSettings of = settings("black", RulesNet.LAYER, Fill.black());
    MethodSettings one =
        Records.changed(of, MethodSettings::rise)
            .to(new RiseOptions(16, 2, 0.5, Fill.black(), 1, 1));
    float[] values = explain(classifier, "kernel-shap", one, PICTURE).map().values();
    float[] logits = classifier.logits(List.of(PICTURE, GrayImage.filled(RulesNet.CANVAS, 0)));
    for (float value : values) {
      assertEquals(logits[0] - logits[1], value, 1e-4);
    }
  }

  @Test
  void ablationCamIsPytorchGradCams() throws IOException {
    check("ablation-cam", grid(explain("ablation-cam", "white")));
  }

  @Test
  void guidedMapsAreCaptums() throws IOException {
    check("guided-backprop", explain("GuidedBackprop", "white").map());
    check("guided-grad-cam", explain("GuidedGradCam", "white").map());
  }

  private static double sum(SaliencyMap map) {
    double sum = 0;
    for (float value : map.values()) {
      sum += value;
    }
    return sum;
  }

  /** Residual sums, batch norms, pools of both kinds, uneven padding. */
  @Test
  void deepLiftAddsUpOnAllArchitectures() {
    for (Network network : TinyNets.all()) {
      try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 4)) {
        GrayImage picture = TinyNets.pictures(network, 1).get(0);
        String layer = it.layers().get(1);
        Attribution found =
            explain(it, "deeplift", settings("white", layer, Fill.white()), picture);
        double difference =
            it.logits(List.of(picture))[0]
                - found.diagnostic(Diagnostic.BASELINE_LOGIT).orElseThrow();
        double error = found.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow();
        assertEquals(sum(found.map()) - difference, error, 1e-5);
        assertTrue(
            Math.abs(error) < 1e-3 * Math.max(1, Math.abs(difference)),
            network.name() + ": " + error + " of " + difference);
        assertFalse(found.map().isZero());
      }
    }
  }

  /** Without what biases take, relevance is conserved; here it is at most moved by them. */
  @Test
  void relevanceIsFiniteOnAllArchitecturesAndKnowsItsRules() {
    for (Network network : TinyNets.all()) {
      try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 4)) {
        GrayImage picture = TinyNets.pictures(network, 1).get(0);
        float[] plain = it.relevances(RelevanceRule.EPSILON, List.of(picture)).get(0);
        float[] plus = it.relevances(RelevanceRule.EPSILON_PLUS, List.of(picture)).get(0);
        double norm = 0;
        for (int i = 0; i < plain.length; i++) {
          assertTrue(Float.isFinite(plain[i]) && Float.isFinite(plus[i]), network.name());
          norm += Math.abs(plus[i]);
        }
        assertTrue(norm > 0, network.name());
        assertTrue(TinyNets.relative(plain, plus) > 0.01, network.name());
      }
    }
  }

  @Test
  void eachPictureKeepsItsReferenceWhenMemoryRunsOut() {
    GrayImage white = GrayImage.filled(RulesNet.CANVAS, 1);
    GrayImage gray = GrayImage.filled(RulesNet.CANVAS, 0.3f);
    boolean[] full = {true};
    Raster once =
        new Raster() {
          @Override
          public Canvas canvas() {
            return RulesNet.CANVAS;
          }

          @Override
          public void paint(float[] target, int offset) {
            if (full[0]) {
              full[0] = false;
              throw new IllegalStateException("out of memory");
            }
            gray.paint(target, offset);
          }
        };
    List<GrayImage> pictures = Collections.nCopies(64, PICTURE);
    List<Raster> references = new ArrayList<>(Collections.nCopies(64, white));
    references.set(1, gray);
    references.set(63, gray);
    List<Raster> interrupted = new ArrayList<>(references);
    interrupted.set(63, once);
    try (TorchClassifier own = RulesNet.classifier(Precision.FLOAT64)) {
      List<float[]> wanted = own.rescaled(pictures, references);
      List<float[]> found = own.rescaled(pictures, interrupted);
      assertFalse(full[0], "memory never ran out");
      for (int i = 0; i < pictures.size(); i++) {
        assertEquals(0, TinyNets.relative(wanted.get(i), found.get(i)), 1e-6);
      }
    }
  }

  @Test
  void picturesOfABatchDoNotTouchEachOther() {
    GrayImage other = GrayImage.filled(RulesNet.CANVAS, 0.3f);
    GrayImage white = GrayImage.filled(RulesNet.CANVAS, 1);
    List<float[]> both = classifier.rescaled(List.of(other, PICTURE), List.of(white, white));
    assertEquals(
        0,
        TinyNets.relative(
            classifier.rescaled(List.of(PICTURE), List.of(white)).get(0), both.get(1)),
        1e-6);
    List<float[]> relevances =
        classifier.relevances(RelevanceRule.EPSILON_GAMMA_BOX, List.of(other, PICTURE));
    assertEquals(
        0,
        TinyNets.relative(
            classifier.relevances(RelevanceRule.EPSILON_GAMMA_BOX, List.of(PICTURE)).get(0),
            relevances.get(1)),
        1e-6);
    assertEquals(Map.of(), explain("lrp-epsilon", "white").diagnostics());
  }
}
