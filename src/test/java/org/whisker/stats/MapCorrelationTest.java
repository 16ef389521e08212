package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.stats.TestResult.Alternative;

class MapCorrelationTest {
  private static final Canvas CANVAS = new Canvas(6, 5);
  private final RandomGenerator random = new SplitMix64(4);

  private double[] noise(int length) {
    return random.doubles(length).toArray();
  }

  private static double[] rolled(Canvas canvas, double[] map, int dx, int dy) {
    double[] rolled = new double[map.length];
    for (int i = 0; i < map.length; i++) {
      int x = (canvas.x(i) + dx) % canvas.width();
      int y = (canvas.y(i) + dy) % canvas.height();
      rolled[i] = map[canvas.index(x, y)];
    }
    return rolled;
  }

  @Test
  void looksAtAllShiftsOfASmallMap() {
    double[] a = noise(30);
    double[] b = noise(30);
    b[3] = b[7];
    double rho = Correlation.spearman(a, b);
    int extreme = 0;
    for (int dy = 0; dy < 5; dy++) {
      for (int dx = 0; dx < 6; dx++) {
        double shifted = Correlation.spearman(a, rolled(CANVAS, b, dx, dy));
        extreme += Math.abs(shifted) >= Math.abs(rho) - 1e-12 ? 1 : 0;
      }
    }
    TestResult result = MapCorrelation.spearman(CANVAS, a, b, Alternative.TWO_SIDED, 99, random);
    assertEquals(rho, result.statistic());
    assertEquals(extreme / 30.0, result.p(), 1e-15);
    assertTrue(result.exact());
  }

  @Test
  void samplesShiftsOfALargeMap() {
    Canvas canvas = new Canvas(200, 100);
    double[] a = noise(canvas.pixels());
    TestResult same = MapCorrelation.spearman(canvas, a, a, Alternative.GREATER, 99, random);
    assertEquals(1, same.statistic(), 1e-12);
    assertEquals(0.01, same.p(), 1e-15);
    assertFalse(same.exact());
  }

  @Test
  void smoothMapsThatLieAnyhowAreRejectedAsOftenAsAlpha() {
    Canvas canvas = new Canvas(12, 9);
    Simulated.assertRejectsAsOftenAsAlpha(
        () -> {
          double[] a = smooth(canvas);
          double[] b = smooth(canvas);
          return MapCorrelation.spearman(canvas, a, b, Alternative.TWO_SIDED, 99, random).p()
              <= 0.05;
        });
  }

  /** Noise whose neighbours on the torus are alike. */
  private double[] smooth(Canvas canvas) {
    double[] noise = noise(canvas.pixels());
    double[] sum = new double[noise.length];
    for (int dy = 0; dy < 3; dy++) {
      for (int dx = 0; dx < 3; dx++) {
        double[] moved = rolled(canvas, noise, dx, dy);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += moved[i];
        }
      }
    }
    return sum;
  }

  @Test
  void refusesConstantAndMisshapenMaps() {
    double[] a = noise(30);
    for (double[] bad : new double[][] {new double[30], noise(29)}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> MapCorrelation.spearman(CANVAS, a, bad, Alternative.LESS, 9, random));
      assertThrows(
          IllegalArgumentException.class,
          () -> MapCorrelation.spearman(CANVAS, bad, a, Alternative.LESS, 9, random));
    }
    a[4] = Double.NaN;
    assertThrows(
        IllegalArgumentException.class,
        () -> MapCorrelation.spearman(CANVAS, a, noise(30), Alternative.LESS, 9, random));
  }
}
