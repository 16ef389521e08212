package org.whisker.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.NodeProto;
import org.whisker.onnx.proto.Onnx.TensorProto;

/** Adds nodes and tensors to a graph that is written; values are named by number. */
final class NodeWriter {
  private final GraphProto.Builder graph;
  private int values;

  NodeWriter(GraphProto.Builder graph) {
    this.graph = graph;
  }

  /** An attribute: a Long, a Double, a String or an array of long. */
  record Attribute(String name, Object value) {}

  static Attribute with(String name, Object value) {
    return new Attribute(name, value);
  }

  /** Adds a node for a layer; returns the name of its value. */
  String node(String layer, String op, List<String> inputs, Attribute... attributes) {
    String output = "v" + values++;
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(op)
            .setName("/" + layer.replace('.', '/') + "/" + op + "_" + output)
            .addAllInput(inputs)
            .addOutput(output);
    for (Attribute attribute : attributes) {
      node.addAttribute(proto(attribute));
    }
    graph.addNode(node);
    return output;
  }

  private static AttributeProto proto(Attribute attribute) {
    AttributeProto.Builder proto = AttributeProto.newBuilder().setName(attribute.name());
    if (attribute.value() instanceof Long value) {
      proto.setType(AttributeProto.AttributeType.INT).setI(value);
    } else if (attribute.value() instanceof Double value) {
      proto.setType(AttributeProto.AttributeType.FLOAT).setF(value.floatValue());
    } else if (attribute.value() instanceof String value) {
      proto.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value));
    } else {
      proto.setType(AttributeProto.AttributeType.INTS);
      Arrays.stream((long[]) attribute.value()).forEach(proto::addInts);
    }
    return proto.build();
  }

  /** Adds a tensor under a name of its own. */
  String tensor(String name, FloatBuffer values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.duplicate());
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
    Arrays.stream(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds a small tensor. */
  String floats(long[] shape, double... values) {
    FloatBuffer floats = FloatBuffer.allocate(values.length);
    Arrays.stream(values).forEach(v -> floats.put((float) v));
    return tensor("c" + next(), floats.flip(), shape);
  }

  /** Adds a number. */
  String number(double value) {
    return floats(new long[0], value);
  }

  /** Adds a vector of integers. */
  String integers(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("c" + next())
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  private int next() {
    return values++;
  }
}
