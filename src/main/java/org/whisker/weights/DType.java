package org.whisker.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** How a number is stored in a weights file. Files are little-endian. */
public enum DType {
  /** IEEE binary16. */
  F16(2, 65520f) {
    @Override
    void decode(ByteBuffer from, FloatBuffer to) {
      while (to.hasRemaining()) {
        to.put(HalfFloats.fromHalf(from.getShort()));
      }
    }

    @Override
    void encode(FloatBuffer from, ByteBuffer to) {
      while (from.hasRemaining()) {
        to.putShort(HalfFloats.toHalf(from.get()));
      }
    }
  },
  /** The upper half of a binary32. */
  BF16(2, 0x1.FFp127f) {
    @Override
    void decode(ByteBuffer from, FloatBuffer to) {
      while (to.hasRemaining()) {
        to.put(HalfFloats.fromBfloat16(from.getShort()));
      }
    }

    @Override
    void encode(FloatBuffer from, ByteBuffer to) {
      while (from.hasRemaining()) {
        to.putShort(HalfFloats.toBfloat16(from.get()));
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

  /** Bytes per number. */
  public int bytes() {
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
}
