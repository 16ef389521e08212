package org.whisker.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.ExternalData;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.onnx.proto.Onnx.TensorProto;
import org.whisker.value.Text;

/** Reads a tensor of a file, whose values lie in the file or in another one beside it. */
record TensorReader(ExternalData external) {
  private static final int MOST_DIMENSIONS = 16;

  Constant read(TensorProto tensor) throws OnnxException {
    String name = tensor.getName();
    DataType type =
        DataType.of(tensor.getDataType())
            .orElseThrow(() -> unreadable(name, "has elements of type " + typeName(tensor)));
    int[] shape = shape(tensor);
    if (tensor.hasSegment()) {
      throw unreadable(name, "is a segment of another");
    }
    long size = size(name, shape);
    if (size * type.bytes() > Integer.MAX_VALUE) {
      throw unreadable(name, "has more than 2 GiB");
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      ByteBuffer data = external.read(name, tensor.getExternalDataList(), size * type.bytes());
      return raw(name, type, shape, data);
    }
    return tensor.hasRawData()
        ? raw(name, type, shape, bytes(tensor.getRawData()))
        : listed(tensor, type, shape, (int) size);
  }

  private static String typeName(TensorProto tensor) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    return type == null ? "number " + tensor.getDataType() : type.name().toLowerCase(Locale.ROOT);
  }

  private static int[] shape(TensorProto tensor) throws OnnxException {
    if (tensor.getDimsCount() > MOST_DIMENSIONS) {
      throw unreadable(tensor.getName(), "has " + tensor.getDimsCount() + " dimensions");
    }
    int[] shape = new int[tensor.getDimsCount()];
    for (int i = 0; i < shape.length; i++) {
      long d = tensor.getDims(i);
      if (d < 0 || d > Integer.MAX_VALUE) {
        throw unreadable(tensor.getName(), "has the impossible shape " + tensor.getDimsList());
      }
      shape[i] = (int) d;
    }
    return shape;
  }

  private static long size(String name, int[] shape) throws OnnxException {
    try {
      long size = Constant.size(shape);
      if (size <= Integer.MAX_VALUE / 2) {
        return size;
      }
    } catch (ArithmeticException e) {
      // the same refusal
    }
    throw unreadable(name, "has more than 2^30 elements");
  }

  private static ByteBuffer bytes(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer();
  }

  private static Constant raw(String name, DataType type, int[] shape, ByteBuffer data)
      throws OnnxException {
    int size = (int) Constant.size(shape);
    if (data.remaining() != (long) size * type.bytes()) {
      throw unreadable(
          name,
          Text.of(
              "has %d bytes, its shape needs %d", data.remaining(), (long) size * type.bytes()));
    }
    ByteBuffer little = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (type == DataType.FLOAT) {
      return Constant.floats(shape, little.asFloatBuffer());
    }
    if (type.floating()) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = type.nextFloat(little);
      }
      return Constant.floats(shape, values);
    }
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] = type.nextInteger(little);
    }
    return Constant.integers(type, shape, values);
  }

  /** Values in the field that belongs to the type (onnx.proto, TensorProto). */
  private static Constant listed(TensorProto t, DataType type, int[] shape, int size)
      throws OnnxException {
    String name = t.getName();
    return switch (type) {
      case FLOAT -> floats(name, shape, size, t.getFloatDataList());
      case DOUBLE -> floats(name, shape, size, t.getDoubleDataList());
      case FLOAT16, BFLOAT16 -> sixteenBits(t, type, shape, size);
      case INT64 -> integers(name, type, shape, size, t.getInt64DataList());
      case UINT32, UINT64 -> integers(name, type, shape, size, t.getUint64DataList());
      default -> integers(name, type, shape, size, t.getInt32DataList());
    };
  }

  private static Constant floats(String name, int[] shape, int size, List<? extends Number> from)
      throws OnnxException {
    checkCount(name, size, from.size());
    FloatBuffer values = FloatBuffer.allocate(size);
    from.forEach(value -> values.put(value.floatValue()));
    return Constant.floats(shape, values.flip());
  }

  private static Constant sixteenBits(TensorProto t, DataType type, int[] shape, int size)
      throws OnnxException {
    checkCount(t.getName(), size, t.getInt32DataCount());
    ByteBuffer bits = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = type.nextFloat(bits.putShort(0, (short) t.getInt32Data(i)).rewind());
    }
    return Constant.floats(shape, values);
  }

  private static Constant integers(
      String name, DataType type, int[] shape, int size, List<? extends Number> from)
      throws OnnxException {
    checkCount(name, size, from.size());
    return Constant.integers(type, shape, from.stream().mapToLong(Number::longValue).toArray());
  }

  private static void checkCount(String name, int size, int count) throws OnnxException {
    if (size != count) {
      throw unreadable(name, Text.of("has %d values, its shape needs %d", count, size));
    }
  }

  private static OnnxException unreadable(String name, String why) {
    return new OnnxException(
        "tensor '" + name + "' " + why + "; export the model again, in float32");
  }
}
