package org.whisker.weights;

/** Conversions between float32 and the two 16-bit formats; to nearest, ties to even. */
public final class HalfFloats {
  private static final int INFINITY = 0x7F800000;
  private static final int SMALLEST_NORMAL_HALF = 0x38800000;
  private static final int HALF_OVERFLOW = 0x477FF000;
  private static final int BIAS_DIFFERENCE = 112 << 23;

  private HalfFloats() {}

  /** The float32 of an IEEE binary16. */
  public static float fromHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half & 0x7C00;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign));
    }
    int shifted = (half & 0x7FFF) << 13;
    int magnitude = exponent == 0x7C00 ? INFINITY | shifted : shifted + BIAS_DIFFERENCE;
    return Float.intBitsToFloat(sign | magnitude);
  }

  static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) (((bits >>> 16) & 0x8000) | magnitudeToHalf(bits & 0x7FFFFFFF));
  }

  private static int magnitudeToHalf(int bits) {
    if (bits > INFINITY) {
      return 0x7E00 | ((bits >>> 13) & 0x3FF);
    }
    if (bits >= HALF_OVERFLOW) {
      return 0x7C00;
    }
    if (bits < SMALLEST_NORMAL_HALF) {
      // the product is exact, so rint is the only rounding; 1024 is the smallest normal half
      return (int) Math.rint(Float.intBitsToFloat(bits) * 0x1p24f);
    }
    return (bits - BIAS_DIFFERENCE + 0xFFF + ((bits >>> 13) & 1)) >>> 13;
  }

  /** The float32 of the upper half of one. */
  public static float fromBfloat16(short upper) {
    return Float.intBitsToFloat(upper << 16);
  }

  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & 0x7FFFFFFF) > INFINITY) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
