package org.whisker.onnx.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.whisker.weights.DType;

/** The element types of ONNX tensors that can be read, by their number in the file. */
public enum DataType {
  FLOAT(1, 4, true),
  UINT8(2, 1, false),
  INT8(3, 1, false),
  UINT16(4, 2, false),
  INT16(5, 2, false),
  INT32(6, 4, false),
  INT64(7, 8, false),
  BOOL(9, 1, false),
  FLOAT16(10, 2, true),
  DOUBLE(11, 8, true),
  UINT32(12, 4, false),
  UINT64(13, 8, false),
  BFLOAT16(16, 2, true);

  private final int number;
  private final int bytes;
  private final boolean floating;

  DataType(int number, int bytes, boolean floating) {
    this.number = number;
    this.bytes = bytes;
    this.floating = floating;
  }

  public static Optional<DataType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  public int number() {
    return number;
  }

  public int bytes() {
    return bytes;
  }

  public boolean floating() {
    return floating;
  }

  /** The next floating-point element, rounded to float32. */
  public float nextFloat(ByteBuffer data) {
    return switch (this) {
      case FLOAT -> data.getFloat();
      case DOUBLE -> (float) data.getDouble();
      case FLOAT16 -> DType.fromHalf(data.getShort());
      case BFLOAT16 -> DType.fromBfloat16(data.getShort());
      default -> nextInteger(data);
    };
  }

  /** The next integer element; unsigned 64-bit numbers keep their bits. */
  public long nextInteger(ByteBuffer data) {
    return switch (this) {
      case BOOL -> data.get() == 0 ? 0 : 1;
      case INT8 -> data.get();
      case UINT8 -> data.get() & 0xFF;
      case INT16 -> data.getShort();
      case UINT16 -> data.getShort() & 0xFFFF;
      case INT32 -> data.getInt();
      case UINT32 -> data.getInt() & 0xFFFFFFFFL;
      case INT64, UINT64 -> data.getLong();
      default -> (long) nextFloat(data);
    };
  }
}
