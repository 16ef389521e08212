package org.whisker.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** How a number is stored in a weights file. Files are little-endian. */
public enum DType {
  /** IEEE binary16. */
  F16(2, 65520f) {
    @Override
    void decode(ByteBuffer from, FloatBuffer to) {
      while (to.hasRemaining()) {
        to.put(fromHalf(from.getShort()));
      }
    }

    @Override
    void encode(FloatBuffer from, ByteBuffer to) {
      while (from.hasRemaining()) {
        to.putShort(toHalf(from.get()));
      }
    }
  },
  /** The upper half of a binary32. */
  BF16(2, 0x1.FFp127f) {
    @Override
    void decode(ByteBuffer from, FloatBuffer to) {
      while (to.hasRemaining()) {
        to.put(fromBfloat16(from.getShort()));
      }
    }

    @Override
    void encode(FloatBuffer from, ByteBuffer to) {
      while (from.hasRemaining()) {
        to.putShort(toBfloat16(from.get()));
      }
    }
  },
  /** IEEE binary32. */
  F32(4, Float.POSITIVE_INFINITY) {
    @Override
    void decode(ByteBuffer from, FloatBuffer to) {
      to.put(from.slice().order(from.order()).asFloatBuffer());
    }

    @Override
    void encode(FloatBuffer from, ByteBuffer to) {
      int bytes = from.remaining() * 4;
      to.slice().order(to.order()).asFloatBuffer().put(from);
      to.position(to.position() + bytes);
    }
  },
  /** IEEE binary64. */
  F64(8, Float.POSITIVE_INFINITY) {
    @Override
    void decode(ByteBuffer from, FloatBuffer to) {
      while (to.hasRemaining()) {
        to.put((float) from.getDouble());
      }
    }

    @Override
    void encode(FloatBuffer from, ByteBuffer to) {
      while (from.hasRemaining()) {
        to.putDouble(from.get());
      }
    }
  };

  private final int bytes;
  private final float limit;

  DType(int bytes, float limit) {
    this.bytes = bytes;
    this.limit = limit;
  }

  int bytes() {
    return bytes;
  }

  /** The smallest magnitude that no longer rounds to a finite number. */
  float limit() {
    return limit;
  }

  /** The numbers as they are read after they were stored. */
  FloatBuffer rounded(FloatBuffer values) {
    ByteBuffer stored = ByteBuffer.allocate(values.remaining() * bytes);
    FloatBuffer read = FloatBuffer.allocate(values.remaining());
    encode(values.duplicate(), stored.order(ByteOrder.LITTLE_ENDIAN));
    decode(stored.flip(), read);
    return read.flip().asReadOnlyBuffer();
  }

  /** Decodes the bytes of {@code from}, in its byte order, into {@code to}. */
  abstract void decode(ByteBuffer from, FloatBuffer to);

  /** Appends all of {@code from} to {@code to}, rounded to nearest, ties to even. */
  abstract void encode(FloatBuffer from, ByteBuffer to);

  private static final int INFINITY = 0x7F800000;
  private static final int SMALLEST_NORMAL_HALF = 0x38800000;
  private static final int HALF_OVERFLOW = 0x477FF000;
  private static final int BIAS_DIFFERENCE = 112 << 23;

  /**
   * Conversions between float32 and the two 16-bit formats; to nearest, ties to even.
   *
   * <p>The float32 of an IEEE binary16.
   */
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

  /**
   * How a weights file holds numbers.
   *
   * @param dtype the dtype of all tensors but those of {@code half}
   * @param half layers whose tensors are in IEEE half precision, where that matters least
   */
  public record Storage(DType dtype, List<String> half) {
    public Storage {
      half = List.copyOf(half);
    }

    /** Stores every tensor in the same dtype, without exception. */
    public static Storage all(DType dtype) {
      return new Storage(dtype, List.of());
    }

    /** The dtype in which a tensor of that name is written. */
    DType of(String tensor) {
      int dot = tensor.lastIndexOf('.');
      return dot > 0 && half.contains(tensor.substring(0, dot)) ? DType.F16 : dtype;
    }
  }
}
