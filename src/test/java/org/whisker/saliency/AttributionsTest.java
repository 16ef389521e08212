package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.RelevanceClassifier;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.RadialProfile.MapEdgeIndex;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.MethodInput;
import org.whisker.saliency.method.DeepLift;
import org.whisker.saliency.method.GradCam;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.saliency.method.LeaveOneOutMethod;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.RiseMethod;
import org.whisker.saliency.method.ShapleyMethod;
import org.whisker.saliency.method.SmoothGrad.VarGrad;

public class AttributionsTest {
  private static final Canvas CANVAS = new Canvas(9, 7);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 3, 12, 13, 40);

  public static MethodSettings settings(Canvas canvas, int verified) {
    int side = Math.min(3, Math.min(canvas.width(), canvas.height()));
    return new MethodSettings(
        Baseline.gray(),
        QuadratureSteps.from(20),
        new NoiseOptions(4, 0.1, 1),
        "planted",
        Upsampling.NEAREST,
        OcclusionOptions.square(side, 1, Fill.white()),
        verified,
        5,
        new RiseOptions(64, 2, 0.5, Fill.white(), 1),
        new ShapleyOptions(4, 1));
  }

  private static Optional<Attribution> run(Method method, Classifier classifier, Raster picture) {
    MethodSettings settings = settings(classifier.canvas(), 3);
    return new Attributions(classifier, settings, 8, done -> {}, () -> false).of(method, picture);
  }

  private static Attribution found(Method method, Classifier classifier, Raster picture) {
    return run(method, classifier, picture).orElseThrow();
  }

  private static GrayImage gray(Canvas canvas) {
    return GrayImage.filled(canvas, 0.25f);
  }

  /** Those for any network; attention has a test of its own. */
  static List<Method> all() {
    return Methods.all().stream().filter(method -> !method.need().isOfTokens()).toList();
  }

  static List<Method> changingPictures() {
    return List.of(
        OcclusionMethod.METHOD, RiseMethod.METHOD, LeaveOneOutMethod.METHOD, ShapleyMethod.METHOD);
  }

  static List<Method> gradients() {
    return Methods.all().stream().filter(method -> method.need() == Need.GRADIENTS).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMethodHasANameALineAndIsFoundByTheName(Method method) {
    assertEquals(method, Methods.named(method.label()));
    assertFalse(method.line().isBlank());
  }

  @Test
  void anUnknownMethodListsThem() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Methods.named("x")).toString();
    assertTrue(message.contains("grad-cam++, xgrad-cam, layer-cam, score-cam"), message);
  }

  @Test
  void whatAMethodNeedsIsSaid() {
    PaintedClassifier plain = PaintedClassifier.constant(CANVAS);
    assertEquals(
        Optional.of("gradient needs gradients, which painted has not"),
        InputGradient.METHOD.obstacle(plain, IMAGE));
    assertEquals(
        Optional.of("grad-cam needs layers to look at, which painted has not"),
        GradCam.METHOD.obstacle(plain, IMAGE));
    assertEquals(
        Optional.of("shapley needs black pixels on white; the picture has other tones"),
        ShapleyMethod.METHOD.obstacle(plain, gray(CANVAS)));
    assertEquals(Optional.empty(), ShapleyMethod.METHOD.obstacle(plain, IMAGE));
    assertEquals(Optional.empty(), OcclusionMethod.METHOD.obstacle(plain, gray(CANVAS)));
    assertThrows(IllegalArgumentException.class, () -> run(VarGrad.METHOD, plain, gray(CANVAS)));
  }

  @Test
  void aPictureFileOfBlackAndWhiteIsKnown() {
    float[] values = new float[CANVAS.pixels()];
    IMAGE.paint(values, 0);
    assertEquals(Optional.of(IMAGE), Inputs.blackOnWhite(new GrayImage(CANVAS, values)));
    values[5] = 0.999f;
    assertEquals(Optional.empty(), Inputs.blackOnWhite(new GrayImage(CANVAS, values)));
  }

  @ParameterizedTest
  @MethodSource("changingPictures")
  void aConstantClassifierGivesZeros(Method method) {
    Attribution found = found(method, PaintedClassifier.constant(CANVAS), IMAGE);
    assertTrue(found.map().isZero());
    assertEquals(
        Optional.empty(), MapEdgeIndex.of(found.map(), 19, SplitMix64.stream(1, "test", 0)));
    assertEquals(method.label(), found.map().method());
  }

  @ParameterizedTest
  @MethodSource("changingPictures")
  void ofOnePixel(Method method) {
    Canvas one = new Canvas(1, 1);
    PaintedClassifier classifier = PaintedClassifier.linear(one, new float[] {2});
    Attribution found = found(method, classifier, BlackPixels.of(one, 0));
    // black lowers the logit by 2: it speaks for cat
    float expected =
        switch (found.map().sign()) {
          case CONTENT_TOWARDS_TARGET -> 2;
          default -> -2;
        };
    if (!method.equals(RiseMethod.METHOD)) {
      assertEquals(expected, found.map().at(0), 1e-6);
    }
    assertEquals(1, found.map().canvas().pixels());
  }

  @ParameterizedTest
  @MethodSource("gradients")
  void gradientsOfOnePixel(Method method) {
    Canvas one = new Canvas(1, 1);
    Attribution found = found(method, new QuadraticClassifier(one, 3), gray(one));
    assertEquals(1, found.map().canvas().pixels());
    if (method.equals(InputGradient.METHOD)) {
      assertEquals(1.5, found.map().at(0), 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void mapsMeanWhatTheMethodSays(Method method) {
    Canvas one = new Canvas(1, 1);
    Classifier classifier =
        switch (method.need()) {
          case NONE, BLACK_PIXELS -> PaintedClassifier.linear(one, new float[] {2});
          case GRADIENTS -> new QuadraticClassifier(one, 3);
          case RULES, POSITIONS -> new QuadraticRules(one);
          case FEATURES, ATTENTION ->
              new PlantedFeatures(
                  one, new FeatureShape(1, 1, 1), new float[] {2}, new float[] {-1});
        };
    SaliencyMap map = found(method, classifier, BlackPixels.of(one, 0)).map();
    assertEquals(method.label(), map.method());
    assertEquals(method.unit(), map.unit());
    assertEquals(method.sign(), map.sign());
    assertEquals(method, method.with(settings(one, 0)).method());
  }

  @Test
  void methodsSayTheOptionsThatTheyUse() {
    Map<String, String> options = new HashMap<>();
    for (Method method : Methods.all()) {
      options.put(method.label(), method.with(settings(CANVAS, 0)).options());
    }
    assertEquals(
        Map.ofEntries(
            Map.entry("gradient", ""),
            Map.entry("lrp-attention", ""),
            Map.entry("lrp-position", ""),
            Map.entry("attention-rollout", ""),
            Map.entry("attention-relevance", ""),
            Map.entry("attention-x-gradient", ""),
            Map.entry("absolute-gradient", ""),
            Map.entry("gradient-x-input", "baseline gray"),
            Map.entry("smoothgrad", "4 noisy copies of standard deviation 0.1"),
            Map.entry("vargrad", "4 noisy copies of standard deviation 0.1"),
            Map.entry("integrated-gradients", "baseline gray, 20 to 320 steps"),
            Map.entry("gradient-shap", "baseline gray, 4 noisy copies of standard deviation 0.1"),
            Map.entry("deeplift", "baseline gray"),
            Map.entry("lrp-epsilon", ""),
            Map.entry("lrp-epsilon-plus", ""),
            Map.entry("lrp-epsilon-plus-flat", ""),
            Map.entry("lrp-epsilon-alpha2-beta1", ""),
            Map.entry("lrp-epsilon-gamma-box", ""),
            Map.entry("guided-backprop", ""),
            Map.entry("guided-grad-cam", "layer planted"),
            Map.entry("ablation-cam", "layer planted"),
            Map.entry("score-cam", "layer planted, fill white"),
            Map.entry("eigen-cam", "layer planted"),
            Map.entry("layer-gradient-x-activation", "layer planted"),
            Map.entry("layer-conductance", "layer planted, baseline gray, 20 steps"),
            Map.entry("grad-cam", "layer planted"),
            Map.entry("grad-cam++", "layer planted, what speaks for cat"),
            Map.entry("xgrad-cam", "layer planted"),
            Map.entry("layer-cam", "layer planted, what speaks for cat"),
            Map.entry("occlusion", "window 3x3, stride 1, fill white, full-windows"),
            Map.entry("rise", "64 masks of 2x2 cells, half shown, fill white"),
            Map.entry("lime", "16 sets of 2x2 squares, fill white"),
            Map.entry("kernel-shap", "16 sets of 2x2 squares, fill white"),
            Map.entry("leave-one-out", ""),
            Map.entry("shapley", "4 orders")),
        options);
  }

  @Test
  void theMeanOfAMethodUnderNoiseIsAMethod() {
    Method smooth = Methods.named("smooth-gradient-x-input");
    assertEquals("smooth-gradient-x-input", smooth.label());
    assertEquals(smooth, smooth.with(settings(CANVAS, 0)).method());
    assertEquals(
        "baseline gray, 4 noisy copies of standard deviation 0.1",
        smooth.with(settings(CANVAS, 0)).options());
    Canvas one = new Canvas(1, 1);
    Attribution found = found(smooth, new QuadraticClassifier(one, 3), gray(one));
    assertEquals(4, found.diagnostic(Diagnostic.SAMPLES).orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> Methods.named("smooth-smoothgrad"));
    assertThrows(IllegalArgumentException.class, () -> Methods.named("smooth-occlusion"));
  }

  /** 3 gray² + what each rule says, to be told apart. */
  private record QuadraticRules(Canvas canvas) implements RelevanceClassifier {
    @Override
    public String name() {
      return "rules";
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return new QuadraticClassifier(canvas, 3).logits(pictures);
    }

    private PlantedFeatures planted() {
      return new PlantedFeatures(
          canvas, new FeatureShape(1, 1, 1), new float[] {2}, new float[] {-1});
    }

    @Override
    public List<String> layers() {
      return planted().layers();
    }

    @Override
    public FeatureShape shape(String layer) {
      return planted().shape(layer);
    }

    @Override
    public List<Features> features(String layer, List<? extends Raster> pictures) {
      return planted().features(layer, pictures);
    }

    @Override
    public float[] without(String layer, Raster picture, int[] channels) {
      return planted().without(layer, picture, channels);
    }

    @Override
    public List<float[]> guided(List<? extends Raster> pictures) {
      return inputGradients(pictures);
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      return new QuadraticClassifier(canvas, 3).inputGradients(pictures);
    }

    @Override
    public List<float[]> relevances(RelevanceRule rule, List<? extends Raster> pictures) {
      return pictures.stream().map(picture -> new float[] {rule.label().length()}).toList();
    }

    @Override
    public List<float[]> rescaled(
        List<? extends Raster> pictures, List<? extends Raster> references) {
      return pictures.stream().map(picture -> new float[] {1}).toList();
    }

    @Override
    public void close() {}
  }

  @Test
  void deepLiftSaysByHowMuchItDoesNotAddUp() {
    Canvas one = new Canvas(1, 1);
    Attribution found = found(DeepLift.METHOD, new QuadraticRules(one), gray(one));
    assertEquals(0.75, found.diagnostic(Diagnostic.BASELINE_LOGIT).orElseThrow(), 1e-6);
    double difference = 3 * 0.0625 - 0.75;
    assertEquals(
        1 - difference, found.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow(), 1e-6);
    Attribution flat =
        found(Methods.named("lrp-epsilon-plus-flat"), new QuadraticRules(one), gray(one));
    assertEquals(RelevanceRule.EPSILON_PLUS_FLAT.label().length(), flat.map().at(0));
  }

  /** Its map is the picture: what a new method has to bring. */
  private record Plain() implements SaliencyMethod {
    static final Method METHOD =
        new Method(
            "plain", Need.NONE, "gray", SignConvention.MAGNITUDE, "gray", set -> new Plain());

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public String options() {
      return "";
    }

    @Override
    public Optional<Attribution> explain(MethodInput input) {
      float[] values = GrayImage.of(input.picture()).values();
      return Optional.of(Attribution.of(METHOD, METHOD.map(input.picture().canvas(), values)));
    }
  }

  @Test
  void aMethodOfOnesOwnRunsAsTheOthers() {
    SaliencyMap map = found(Plain.METHOD, PaintedClassifier.constant(CANVAS), gray(CANVAS)).map();
    assertEquals(0.25f, map.at(5));
    assertEquals("plain", map.method());
  }

  @Test
  void integratedGradientsSayWhetherTheyAddUp() {
    Canvas one = new Canvas(1, 1);
    Attribution found =
        found(IntegratedGradients.METHOD, new QuadraticClassifier(one, 3), gray(one));
    assertEquals(3 * 0.25, found.diagnostic(Diagnostic.BASELINE_LOGIT).orElseThrow(), 1e-6);
    assertEquals(0, found.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow(), 1e-6);
    assertEquals(OptionalDouble.empty(), found.diagnostic(Diagnostic.WINDOWS));
  }

  @Test
  void occlusionCountsItsWindowsAndVerifiesSome() {
    PaintedClassifier linear = PaintedClassifier.linear(CANVAS, PaintedClassifier.weights(CANVAS));
    Attribution found = found(OcclusionMethod.METHOD, linear, IMAGE);
    double windows = found.diagnostic(Diagnostic.WINDOWS).orElseThrow();
    assertEquals(7 * 5, windows);
    assertEquals(
        windows,
        found.diagnostic(Diagnostic.SCORED).orElseThrow()
            + found.diagnostic(Diagnostic.UNCHANGED).orElseThrow()
            + found.diagnostic(Diagnostic.DUPLICATES).orElseThrow());
    assertTrue(found.diagnostic(Diagnostic.UNCHANGED).orElseThrow() > 0);
    assertEquals(6, found.diagnostic(Diagnostic.VERIFIED).orElseThrow());
    assertEquals(0, found.diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElseThrow());
    assertEquals("coverage", found.companions().get(0).name());
    assertEquals(9, found.companions().get(0).map().at(4, 3));
    assertEquals(1, found.companions().get(0).map().at(0, 0));
  }

  @Test
  void verificationFindsAWrongScorer() {
    Attribution found = found(OcclusionMethod.METHOD, new WrongPatches(CANVAS, 0.01f), IMAGE);
    assertEquals(0.01, found.diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElseThrow(), 1e-6);
  }

  @Test
  void stopsWhenAsked() {
    Attributions stopped =
        new Attributions(
            PaintedClassifier.constant(CANVAS), settings(CANVAS, 0), 1, done -> {}, () -> true);
    for (Method method : List.of(OcclusionMethod.METHOD, RiseMethod.METHOD, ShapleyMethod.METHOD)) {
      assertEquals(Optional.empty(), stopped.of(method, IMAGE));
    }
  }
}
