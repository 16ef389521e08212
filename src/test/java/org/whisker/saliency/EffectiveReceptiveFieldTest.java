package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.EffectiveReceptiveField.Ring;
import org.whisker.saliency.EffectiveReceptiveField.Theory;
import org.whisker.saliency.EffectiveReceptiveField.UnitGradient;
import org.whisker.saliency.SaliencyMap.SignConvention;

class EffectiveReceptiveFieldTest {
  private static final Canvas CANVAS = new Canvas(101, 91);
  private static final Theory THEORY = new Theory(50, 45, 80, 80);

  /** Its gradient is the weight of a pixel, with the sign of (gray of the first pixel) - ½. */
  private static final class Weighted implements UnitGradient {
    final Canvas canvas;
    final IntToDoubleFunction weight;
    int largestBatch;

    Weighted(Canvas canvas, IntToDoubleFunction weight) {
      this.canvas = canvas;
      this.weight = weight;
    }

    @Override
    public Canvas canvas() {
      return canvas;
    }

    @Override
    public List<float[]> ofCentre(List<? extends Raster> pictures) {
      largestBatch = Math.max(largestBatch, pictures.size());
      List<float[]> gradients = new ArrayList<>();
      for (Raster picture : pictures) {
        float[] gray = new float[canvas.pixels()];
        picture.paint(gray, 0);
        double scale = 2 * gray[0] - 1;
        for (int i = 0; i < gray.length; i++) {
          gray[i] = (float) (scale * weight.applyAsDouble(i));
        }
        gradients.add(gray);
      }
      return gradients;
    }
  }

  private static double square(int index) {
    double dx = CANVAS.x(index) - THEORY.x();
    double dy = CANVAS.y(index) - THEORY.y();
    return dx * dx + dy * dy;
  }

  private static EffectiveReceptiveField gaussian(double sigma) {
    Weighted unit = new Weighted(CANVAS, i -> Math.exp(-square(i) / (2 * sigma * sigma)));
    return EffectiveReceptiveField.of(unit, THEORY, List.of(GrayImage.filled(CANVAS, 1)), 1);
  }

  /** In two dimensions 1 - exp(-r² / 2σ²) of a Gaussian lies within r. */
  @ParameterizedTest
  @ValueSource(doubles = {4, 6, 9})
  void radiusOfAGaussian(double sigma) {
    EffectiveReceptiveField field = gaussian(sigma);
    double expected = sigma * Math.sqrt(2 * Math.log(1 / (1 - 0.9545)));
    assertEquals(expected, field.radius(EffectiveReceptiveField.TWO_SIGMA), 0.15);
    assertEquals(2 * expected / 80, field.shareOfTheory(), 0.004);
    assertEquals(sigma * Math.sqrt(2 * Math.log(2)), field.radius(0.5), 0.3);
  }

  @Test
  void theProfileRunsOutwards() {
    List<Ring> profile = gaussian(6).profile();
    assertEquals(new Ring(0, 1, 1, profile.get(0).within()), profile.get(0));
    int pixels = 0;
    double before = 0;
    for (int i = 0; i < profile.size(); i++) {
      assertEquals(i, profile.get(i).radius());
      assertEquals(Math.exp(-i * i / 72.0), profile.get(i).meanAbsGradient(), 0.02);
      double within = profile.get(i).within();
      assertEquals(within, Math.max(before, within));
      before = within;
      pixels += profile.get(i).pixels();
    }
    assertEquals(CANVAS.pixels(), pixels);
    assertEquals(1, before, 1e-12);
  }

  /** All the energy in the four pixels around a centre between pixels. */
  @Test
  void theCentreMayLieBetweenPixels() {
    Canvas canvas = new Canvas(4, 4);
    Weighted unit = new Weighted(canvas, i -> canvas.borderDistance(i));
    EffectiveReceptiveField field =
        EffectiveReceptiveField.of(
            unit, new Theory(1.5, 1.5, 2, 8), List.of(GrayImage.filled(canvas, 1)), 1);
    assertEquals(Math.sqrt(0.5), field.radius(1), 1e-12);
    assertEquals(2 * Math.sqrt(0.5) / 4, field.shareOfTheory(), 1e-12);
    assertEquals(List.of(new Ring(1, 4, 1, 1), new Ring(2, 12, 0, 1)), field.profile());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void isTheMeanOfAbsoluteGradients(int batch) {
    Canvas canvas = new Canvas(3, 1);
    Weighted unit = new Weighted(canvas, i -> i - 1);
    List<Raster> pictures = new ArrayList<>();
    for (float gray : new float[] {0, 1, 0.75f, 0.5f}) {
      pictures.add(GrayImage.filled(canvas, gray));
    }
    EffectiveReceptiveField field =
        EffectiveReceptiveField.of(unit, new Theory(1, 0, 3, 1), pictures, batch);
    // |2 gray - 1| is 1, 1, ½, 0: opposite signs do not cancel
    assertArrayEquals(new float[] {0.625f, 0, 0.625f}, field.map().values());
    assertEquals(SignConvention.MAGNITUDE, field.map().sign());
    assertEquals(Math.min(batch, 4), unit.largestBatch);
  }

  @Test
  void noiseComesFromItsSeed() {
    Canvas canvas = new Canvas(50, 40);
    List<GrayImage> noise =
        EffectiveReceptiveField.noise(canvas, 3, SplitMix64.stream(1, "noise", 0));
    assertEquals(noise, EffectiveReceptiveField.noise(canvas, 3, SplitMix64.stream(1, "noise", 0)));
    assertNotEquals(noise.get(0), noise.get(1));
    double mean = 0;
    for (float value : noise.get(2).values()) {
      mean += value / 2000.0;
    }
    assertEquals(0.5, mean, 0.03);
  }

  @Test
  void refusals() {
    Weighted unit = new Weighted(CANVAS, i -> 1);
    List<GrayImage> white = List.of(GrayImage.filled(CANVAS, 1));
    refuses("0 and 1", () -> EffectiveReceptiveField.of(unit, THEORY, List.of(), 1));
    refuses("1 and 0", () -> EffectiveReceptiveField.of(unit, THEORY, white, 0));
    List<GrayImage> small = List.of(GrayImage.filled(Canvas.square(2), 1));
    refuses("not 2x2", () -> EffectiveReceptiveField.of(unit, THEORY, small, 1));
    Weighted dead = new Weighted(CANVAS, i -> 0);
    refuses("no pixel", () -> EffectiveReceptiveField.of(dead, THEORY, white, 1));
    refuses("0x1", () -> new Theory(0, 0, 0, 1));
    refuses("NaN", () -> new Theory(Double.NaN, 0, 1, 1));
    EffectiveReceptiveField field = gaussian(4);
    refuses("was 0.0", () -> field.radius(0));
    refuses("was 1.1", () -> field.radius(1.1));
    refuses("was NaN", () -> field.radius(Double.NaN));
  }

  private static void refuses(String part, Runnable what) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, what::run).getMessage());
    assertEquals(part, message.contains(part) ? part : message);
  }
}
