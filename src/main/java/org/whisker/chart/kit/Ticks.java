package org.whisker.chart.kit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.whisker.io.Decimals;

/** Round numbers along an axis: steps of 1, 2 or 5 times a power of ten. */
public final class Ticks {
  private Ticks() {}

  /** About {@code count} ticks within [min, max]. */
  public static List<BigDecimal> between(double min, double max, int count) {
    BigDecimal step = step((max - min) / count);
    BigDecimal slack = new BigDecimal((max - min) * 1e-9);
    BigDecimal at =
        new BigDecimal(min).subtract(slack).divide(step, 0, RoundingMode.CEILING).multiply(step);
    BigDecimal end = new BigDecimal(max).add(slack);
    List<BigDecimal> ticks = new ArrayList<>();
    for (; at.compareTo(end) <= 0; at = at.add(step)) {
      ticks.add(at);
    }
    return ticks;
  }

  /** The same ticks with labels; {@link Tick#at} is the value. */
  public static List<Tick> of(double min, double max, int count) {
    return between(min, max, count).stream()
        .map(tick -> new Tick(tick.doubleValue(), label(tick)))
        .toList();
  }

  /** A tick at a round number. */
  public static Tick at(double value) {
    return new Tick(value, label(BigDecimal.valueOf(value).stripTrailingZeros()));
  }

  public static String label(BigDecimal tick) {
    double magnitude = Math.abs(tick.doubleValue());
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6)) {
      return tick.round(new MathContext(4))
          .stripTrailingZeros()
          .toString()
          .replace("-", Decimals.MINUS);
    }
    return tick.toPlainString().replace("-", Decimals.MINUS);
  }

  /** The label spacing, in pixels, of an axis of {@code pixels}: a power of two. */
  static int pixelStep(int pixels) {
    return Math.max(1, Integer.highestOneBit(Math.max(1, (pixels - 1) / 4)));
  }

  private static BigDecimal step(double rough) {
    int exponent = (int) Math.floor(Math.log10(rough));
    double lead = rough / Math.pow(10, exponent);
    int digit = lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
    BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).stripTrailingZeros();
    // plain notation: 20, not 2E+1
    return step.scale() < 0 ? step.setScale(0) : step;
  }
}
