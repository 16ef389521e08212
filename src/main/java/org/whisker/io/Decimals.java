package org.whisker.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;
import org.whisker.value.Text;

/**
 * Numbers as text. {@link #shortest} is for files: the fewest digits that read back as the same
 * number. {@link #rounded} is for people.
 */
public final class Decimals {
  public static final String MINUS = "\u2212";

  private Decimals() {}

  public static String shortest(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      return Double.toString(v);
    }
    if (v == 0) {
      return 1 / v < 0 ? "-0" : "0";
    }
    return shorten(
        new BigDecimal(v), new BigDecimal(Double.toString(v)), d -> d.doubleValue() == v);
  }

  public static String shortest(float v) {
    if (Float.isNaN(v) || Float.isInfinite(v)) {
      return Float.toString(v);
    }
    if (v == 0) {
      return 1 / v < 0 ? "-0" : "0";
    }
    return shorten(new BigDecimal(v), new BigDecimal(Float.toString(v)), d -> d.floatValue() == v);
  }

  /**
   * Shortens what {@code toString} wrote: before JDK 19, it sometimes has one digit more than
   * needed.
   */
  private static String shorten(BigDecimal exact, BigDecimal start, Predicate<BigDecimal> same) {
    BigDecimal best = start.stripTrailingZeros();
    while (best.precision() > 1) {
      BigDecimal fewer = exact.round(new MathContext(best.precision() - 1, RoundingMode.HALF_EVEN));
      if (!same.test(fewer)) {
        break;
      }
      best = fewer.stripTrailingZeros();
    }
    int exponent = best.precision() - best.scale() - 1;
    return exponent >= -5 && exponent < 16 ? best.toPlainString() : best.toString();
  }

  /** Rounded to {@code digits} significant digits, with a true minus sign. */
  public static String rounded(double v, int digits) {
    if (Double.isNaN(v)) {
      return "n/a";
    }
    if (Double.isInfinite(v)) {
      return v < 0 ? MINUS + "\u221e" : "\u221e";
    }
    BigDecimal d = new BigDecimal(v).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (d.signum() == 0) {
      return "0";
    }
    int exponent = d.precision() - d.scale() - 1;
    String text =
        exponent >= -4 && exponent < 7 ? d.toPlainString() : d.stripTrailingZeros().toString();
    return text.replace("-", MINUS);
  }

  /**
   * Formats a number with {@code places} digits after the point, and a true minus sign; never
   * "−0.00".
   */
  public static String fixed(double v, int places) {
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      return rounded(v, 1);
    }
    BigDecimal d = new BigDecimal(v).setScale(places, RoundingMode.HALF_EVEN);
    return d.toPlainString().replace("-", MINUS);
  }

  /** The smallest number of two significant digits that is at least {@code v}, for ends of axes. */
  public static double above(double v) {
    return v > 0 ? new BigDecimal(v).round(new MathContext(2, RoundingMode.UP)).doubleValue() : v;
  }

  /** A p-value to three digits; {@code < 0.001} below, since no p is 0. */
  public static String probability(double p) {
    return p < 0.001 ? "< 0.001" : fixed(p, 3);
  }

  /** A share in whole percent, from which its sign isn't parted at the end of a line. */
  public static String wholePercent(double share) {
    return fixed(100 * share, 0) + "\u00a0%";
  }

  public static String percent(double share) {
    return Text.of("%.1f %%", 100 * share);
  }
}
