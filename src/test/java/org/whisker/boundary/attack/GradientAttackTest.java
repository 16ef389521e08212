package org.whisker.boundary.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.boundary.attack.GradientAttack.Norm;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

class GradientAttackTest {
  private static final Canvas CANVAS = new Canvas(4, 2);
  private static final float[] WEIGHTS = {3, -1, 0.5f, 2, -0.25f, 1, -1.5f, 0.75f};

  /** Logit = bias + Σ weight · gray. */
  private static final class Linear implements DifferentiableClassifier {
    private final float bias;
    private final float[] weights;

    Linear(float bias, float[] weights) {
      this.bias = bias;
      this.weights = weights;
    }

    @Override
    public String name() {
      return "linear";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int k = 0; k < logits.length; k++) {
        float[] gray = pictures.get(k).grayValues();
        double sum = bias;
        for (int i = 0; i < gray.length; i++) {
          sum += (double) weights[i] * gray[i];
        }
        logits[k] = (float) sum;
      }
      return logits;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      return pictures.stream().map(picture -> weights.clone()).toList();
    }

    @Override
    public void close() {}
  }

  private static GradientAttack.Attacked attack(GradientAttack.Kind kind, float bias, float gray) {
    return new GradientAttack(kind, kind.usualSteps())
        .of(new Linear(bias, WEIGHTS), GrayImage.filled(CANVAS, gray), () -> false)
        .orElseThrow();
  }

  /** Of a plane, the distance is known: |logit| by the length of its weights in the dual norm. */
  @Test
  void distancesFromAPlane() {
    float logit = attack(GradientAttack.Kind.DDN, -3.2f, 0.5f).logit();
    assertEquals(-0.95f, logit, 1e-6);
    double length = Math.sqrt(18.125); // Σ w²
    assertEquals(length, Norm.L2.of(new float[8], WEIGHTS), 1e-9);
    double euclidean =
        attack(GradientAttack.Kind.DDN, -3.2f, 0.5f).crossed().orElseThrow().distance();
    assertEquals(0.95 / length, euclidean, 0.03 * 0.95 / length);
    double largest =
        attack(GradientAttack.Kind.FMN, -3.2f, 0.5f).crossed().orElseThrow().distance();
    assertEquals(0.95 / 10, largest, 0.01 * 0.95 / 10); // Σ |w| is 10
    double pixels =
        attack(GradientAttack.Kind.SIGMA_ZERO, -3.2f, 0.5f).crossed().orElseThrow().distance();
    assertEquals(1, pixels); // half of 3 is enough
  }

  @ParameterizedTest
  @EnumSource(GradientAttack.Kind.class)
  void bothSidesAndWithinTheGrays(GradientAttack.Kind kind) {
    for (float bias : new float[] {-4.25f, -0.25f}) { // white is cat, and is not
      GradientAttack.Attacked found = attack(kind, bias, 1);
      GradientAttack.Attacked.Crossed crossed = found.crossed().orElseThrow();
      assertEquals(found.logit() <= 0, crossed.logit() > 0);
      float[] gray = crossed.picture().values();
      for (float each : gray) {
        assertTrue(each >= 0 && each <= 1, kind + ": " + each);
      }
      float[] white = new float[gray.length];
      Arrays.fill(white, 1);
      assertEquals(kind.norm().of(white, gray), crossed.distance());
    }
  }

  @ParameterizedTest
  @EnumSource(GradientAttack.Kind.class)
  void whereNothingCrossesNothingIsFound(GradientAttack.Kind kind) {
    assertTrue(attack(kind, 100, 0.5f).crossed().isEmpty());
    DifferentiableClassifier flat = new Linear(1, new float[WEIGHTS.length]); // no gradient either
    assertTrue(
        new GradientAttack(kind, 5)
            .of(flat, GrayImage.filled(CANVAS, 0), () -> false)
            .orElseThrow()
            .crossed()
            .isEmpty());
  }

  @ParameterizedTest
  @EnumSource(GradientAttack.Kind.class)
  void stops(GradientAttack.Kind kind) {
    TanhNet net = new TanhNet();
    int[] asked = {0};
    GrayImage picture = TanhNet.pictures().get(0);
    assertEquals(
        Optional.empty(), new GradientAttack(kind, 50).of(net, picture, () -> ++asked[0] > 3));
    assertEquals(1 + 3, net.passes);
  }

  @Test
  void takesAStep() {
    assertThrows(
        IllegalArgumentException.class, () -> new GradientAttack(GradientAttack.Kind.DDN, 0));
  }
}
