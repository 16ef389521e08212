package org.whisker.onnx;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.ModelProto;
import org.whisker.onnx.proto.Onnx.NodeProto;
import org.whisker.onnx.proto.Onnx.OperatorSetIdProto;
import org.whisker.onnx.proto.Onnx.StringStringEntryProto;
import org.whisker.onnx.proto.Onnx.TensorProto;
import org.whisker.onnx.proto.Onnx.TensorShapeProto;
import org.whisker.onnx.proto.Onnx.TypeProto;
import org.whisker.onnx.proto.Onnx.ValueInfoProto;

/** Writes small ONNX files by hand, for what exporters at hand don't write. */
final class OnnxBuilder {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private int tensors;

  OnnxBuilder(long opset, long... input) {
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    graph.addInput(info("x", input));
  }

  ModelProto.Builder model() {
    return model;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  /** A float tensor or value; -1 is a dimension without a size. */
  static ValueInfoProto info(String name, long... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long d : shape) {
      dims.addDim(
          d < 0
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("n")
              : TensorShapeProto.Dimension.newBuilder().setDimValue(d));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(dims)))
        .build();
  }

  /** Weights by a formula, in the shape. */
  String weights(long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (0.4 * Math.sin(i * 1.7 + tensors) + 0.05);
    }
    return floats(shape, values);
  }

  String floats(long[] shape, float... values) {
    TensorProto.Builder tensor = tensor(FLOAT, shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return add(tensor);
  }

  String integers(long... values) {
    TensorProto.Builder tensor = tensor(INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return add(tensor);
  }

  TensorProto.Builder tensor(int type, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type);
    Arrays.stream(shape).forEach(tensor::addDims);
    return tensor;
  }

  String add(TensorProto.Builder tensor) {
    String name = "t" + tensors++;
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** The value of a ConstantOfShape. */
  static AttributeProto value(long value) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(TensorProto.newBuilder().setDataType(INT64).addDims(1).addInt64Data(value))
        .build();
  }

  static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static NodeProto.Builder nodeOf(String op, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(op)
        .setName("node_" + output)
        .addAllInput(Arrays.asList(inputs))
        .addOutput(output);
  }

  OnnxBuilder node(String op, String output, String... inputs) {
    graph.addNode(nodeOf(op, output, inputs));
    return this;
  }

  /** Attributes of the last node. */
  OnnxBuilder with(AttributeProto... attributes) {
    graph.getNodeBuilder(graph.getNodeCount() - 1).addAllAttribute(Arrays.asList(attributes));
    return this;
  }

  /** Puts a convolution between the picture and {@code x}: a network here has weights. */
  OnnxBuilder behindConvolution() {
    graph.getInputBuilder(0).setName("image");
    graph.addNode(0, nodeOf("Conv", "x", "image", weights(3, 3, 1, 1)));
    return this;
  }

  Path write(Path file, String output) throws IOException {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(output)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT))));
    Files.write(file, model.setGraph(graph).build().toByteArray());
    return file;
  }
}
