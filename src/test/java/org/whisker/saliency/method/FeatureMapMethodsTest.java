package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.PlantedFeatures;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

/** Methods that read a layer, on hand-made feature maps. */
class FeatureMapMethodsTest {
  @Test
  void aMethodIsKnownHoweverItsNameIsWritten() {
    assertEquals(GradCam.METHOD, Methods.named("GradCAM"));
    assertEquals(GradCamPlusPlus.METHOD, Methods.named("gradcam++"));
    assertEquals(IntegratedGradients.METHOD, Methods.named("integrated_gradients"));
    assertEquals(GradCamPlusPlus.METHOD, Methods.named("GradCAMPlusPlus"));
    assertEquals(IntegratedGradients.METHOD, Methods.named("IG"));
    assertEquals(AbsoluteGradient.METHOD, Methods.named("Saliency"));
    assertEquals(GradientTimesInput.METHOD, Methods.named("Input × Gradient"));
    assertEquals("lrp-epsilon", Methods.named("LRP").label());
    assertEquals("layer-gradient-x-activation", Methods.named("HiResCAM").label());
    assertThrows(IllegalArgumentException.class, () -> Methods.named("grad"));
  }

  private static final Canvas CANVAS = new Canvas(4, 2);
  private static final List<BlackPixels> WHITE = List.of(BlackPixels.none(CANVAS));
  // two channels of one row and two columns
  private static final FeatureShape SHAPE = new FeatureShape(2, 1, 2);
  private static final float[] ACTIVE = {1, 3, 2, 0};
  private static final float[] GRADIENT = {0.5f, 1.5f, -1, 0};

  private static CamOptions options(CamOptions.Target target, boolean relu) {
    return new CamOptions("planted", target, relu, Upsampling.NEAREST);
  }

  private static PlantedFeatures planted(float[] active, float[] gradient) {
    return new PlantedFeatures(CANVAS, SHAPE, active, gradient);
  }

  private static float[] gradCam(CamOptions.Target target, boolean relu) {
    GradCam method = new GradCam(options(target, relu));
    return method.grids(planted(ACTIVE, GRADIENT), WHITE, 1).get(0).values();
  }

  @Test
  void gradCamWeighsByTheMeanGradient() {
    // weights 1 and -½
    assertArrayEquals(new float[] {0, 3}, gradCam(CamOptions.Target.NOT_CAT, false));
    assertArrayEquals(new float[] {0, -3}, gradCam(CamOptions.Target.CAT, false), 0f);
    assertArrayEquals(new float[] {0, 0}, gradCam(CamOptions.Target.CAT, true), 0f);
    SaliencyMap map =
        new GradCam(options(CamOptions.Target.CAT, false))
            .maps(planted(ACTIVE, GRADIENT), WHITE, 1)
            .get(0);
    assertArrayEquals(new float[] {0, 0, -3, -3, 0, 0, -3, -3}, map.values());
    assertEquals(SignConvention.FEATURES_TOWARDS_TARGET, map.sign());
  }

  @Test
  void gradCamPlusPlusWeighsByThePapersFormula() {
    // channel 0, ΣA = 4: g² / (2 g² + 4 g³) · g at g = ½ and 1½; channel 1 has no positive g
    double w = 0.25 / (0.5 + 0.5) * 0.5 + 2.25 / (4.5 + 13.5) * 1.5;
    GradCamPlusPlus notCat = new GradCamPlusPlus(options(CamOptions.Target.NOT_CAT, false));
    float[] found = notCat.grids(planted(ACTIVE, GRADIENT), WHITE, 1).get(0).values();
    assertArrayEquals(new float[] {(float) w, (float) (3 * w)}, found, 1e-6f);
    // towards the target the signs turn: only channel 1, ΣA = 2, has one: g = 1
    GradCamPlusPlus cat = new GradCamPlusPlus(options(CamOptions.Target.CAT, false));
    float[] turned = cat.grids(planted(ACTIVE, GRADIENT), WHITE, 1).get(0).values();
    assertArrayEquals(new float[] {0.5f, 0}, turned, 1e-6f);
  }

  @Test
  void gradCamPlusPlusRefusesMapsBelowZero() {
    GradCamPlusPlus method = new GradCamPlusPlus(options(CamOptions.Target.NOT_CAT, false));
    PlantedFeatures signed = planted(new float[] {1, 3, -2, 0}, GRADIENT);
    String message =
        assertThrows(IllegalArgumentException.class, () -> method.maps(signed, WHITE, 1))
            .toString();
    assertTrue(message.contains("channel 1 of planted sums to -2"), message);
  }

  @Test
  void noGradientIsAZeroMap() {
    PlantedFeatures flat = planted(ACTIVE, new float[4]);
    CamOptions set = options(CamOptions.Target.CAT, false);
    assertTrue(new GradCam(set).maps(flat, WHITE, 1).get(0).isZero());
    assertTrue(new GradCamPlusPlus(set).maps(flat, WHITE, 1).get(0).isZero());
  }

  private static SaliencyMap grid(int width, int height, float... values) {
    return new SaliencyMap(
        new Canvas(width, height), values, "x", "m", SignConvention.FEATURES_TOWARDS_TARGET);
  }

  /** The expected numbers are those of torch.nn.functional.interpolate. */
  @Test
  void upsamplesAsPyTorch() {
    SaliencyMap row = grid(2, 1, 0, 1);
    assertArrayEquals(
        new float[] {0, 0.25f, 0.75f, 1},
        Upsampling.BILINEAR.apply(row, new Canvas(4, 1)).values());
    assertArrayEquals(
        new float[] {0, 0, 1, 1, 0, 0, 1, 1},
        Upsampling.NEAREST.apply(row, new Canvas(4, 2)).values());
    SaliencyMap three = grid(3, 1, 0, 1, 2);
    assertArrayEquals(
        new float[] {0, 0, 1, 1, 2}, Upsampling.NEAREST.apply(three, new Canvas(5, 1)).values());
    assertArrayEquals(
        new float[] {0, 0.4f, 1, 1.6f, 2},
        Upsampling.BILINEAR.apply(three, new Canvas(5, 1)).values(),
        1e-6f);
    SaliencyMap square = grid(2, 2, 0, 1, 2, 3);
    assertEquals(1.5f, Upsampling.BILINEAR.apply(square, new Canvas(3, 3)).at(1, 1));
    assertEquals(square, Upsampling.BILINEAR.apply(square, new Canvas(2, 2)));
    assertEquals(7, Upsampling.BILINEAR.apply(grid(1, 1, 7), new Canvas(3, 2)).at(2, 1));
  }

  @Test
  void layerProfileComparesBorderAndCentre() {
    // 3x3, one channel: border 8 places at |-2|, centre 1; gradients 1 and 3
    float[] active = {-2, -2, -2, -2, 1, -2, -2, -2, -2};
    float[] gradient = {1, -1, 1, 1, 3, 1, 1, 1, -1};
    PlantedFeatures planted =
        new PlantedFeatures(CANVAS, new FeatureShape(1, 3, 3), active, gradient);
    List<BlackPixels> two = List.of(WHITE.get(0), WHITE.get(0));
    LayerProfile profile = LayerProfile.of(planted, planted.layers(), two, 10, 1).get(0);
    assertEquals(2, profile.bins().size());
    assertEquals(17 / 9.0, profile.meanActivation(), 1e-12);
    assertEquals(17 / 9.0, profile.meanEnergy(), 1e-12);
    LayerProfile.Bin border = profile.bins().get(0);
    assertEquals(2, border.activation(), 1e-12);
    assertEquals(1, border.energy(), 1e-12);
    assertEquals(9 / 17.0, border.relativeEnergy().getAsDouble(), 1e-12);
    assertEquals(9, profile.bins().get(1).energy(), 1e-12);
    assertEquals(9 / 17.0, profile.bins().get(1).relativeActivation().getAsDouble(), 1e-12);
  }

  @Test
  void aDeadLayerHasNoRelativeProfile() {
    PlantedFeatures dead = planted(new float[4], new float[4]);
    LayerProfile profile = LayerProfile.of(dead, dead.layers(), WHITE, 10, 1).get(0);
    assertTrue(profile.bins().get(0).relativeEnergy().isEmpty());
    assertTrue(profile.bins().get(0).relativeActivation().isEmpty());
    assertThrows(
        IllegalArgumentException.class,
        () -> LayerProfile.of(dead, dead.layers(), List.of(), 10, 1));
  }
}
