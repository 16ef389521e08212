package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;
import org.whisker.stats.RocCurve.Auc;

class RocCurveTest {
  /** The area of which lower means more positive, so of the negated scores. */
  private static double auc(double[] scores, boolean[] positive) {
    return Auc.below(negated(scores, positive, true), negated(scores, positive, false));
  }

  private static float[] negated(double[] scores, boolean[] positive, boolean wanted) {
    float[] found = new float[scores.length];
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i] == wanted) {
        found[n++] = (float) -scores[i];
      }
    }
    return Arrays.copyOf(found, n);
  }

  @Test
  void tracesEachDistinctScore() {
    double[] scores = {0.9, 0.5, 0.5, 0.1, 0.7};
    boolean[] positive = {true, true, false, false, false};
    RocCurve curve = RocCurve.of(scores, positive);
    // 0.9 beats all three; 0.5 loses to 0.7, ties with 0.5, beats 0.1.
    assertEquals(4.5 / 6, auc(scores, positive), 1e-15);
    assertEquals(
        List.of(
            new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0),
            new RocCurve.Point(0.9, 0, 0.5),
            new RocCurve.Point(0.7, 1 / 3.0, 0.5),
            new RocCurve.Point(0.5, 2 / 3.0, 1),
            new RocCurve.Point(0.1, 1, 1)),
        curve.points());
  }

  @Test
  void areaUnderThePointsIsTheAuc() {
    SplitMix64 random = new SplitMix64(20);
    double[] scores = Simulated.sample(200, () -> random.nextInt(30));
    boolean[] positive = new boolean[200];
    for (int i = 0; i < 200; i++) {
      positive[i] = random.nextInt(30) < scores[i];
    }
    RocCurve curve = RocCurve.of(scores, positive);
    double area = 0;
    for (int i = 1; i < curve.points().size(); i++) {
      RocCurve.Point left = curve.points().get(i - 1);
      RocCurve.Point right = curve.points().get(i);
      area +=
          (right.falsePositiveRate() - left.falsePositiveRate())
              * (left.truePositiveRate() + right.truePositiveRate())
              / 2;
    }
    assertEquals(area, auc(scores, positive), 1e-12);
  }

  @Test
  void refusesOneClass() {
    assertThrows(
        IllegalArgumentException.class,
        () -> RocCurve.of(new double[] {1, 2}, new boolean[] {true, true}));
    assertThrows(
        IllegalArgumentException.class,
        () -> RocCurve.of(new double[] {1, Double.NaN}, new boolean[] {true, false}));
  }
}
