package org.whisker.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.ModelProto;
import org.whisker.onnx.proto.Onnx.OperatorSetIdProto;
import org.whisker.onnx.proto.Onnx.TensorProto;
import org.whisker.onnx.proto.Onnx.TensorShapeProto;
import org.whisker.onnx.proto.Onnx.TypeProto;
import org.whisker.onnx.proto.Onnx.ValueInfoProto;
import org.whisker.weights.Weights;
import org.whisker.weights.WholeFile;

/** Writes networks as ONNX files of opset 17, so that their results can be checked elsewhere. */
public final class OnnxExport {
  static final long OPSET = 17;
  private static final long VERSION = 8;
  private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

  private OnnxExport() {}

  /**
   * Writes a network that takes gray values, N × 1 × rows × columns, 0 black to 1 white: (gray −
   * mean) / sd in each channel is part of the file. Its output is called {@code logit} if there is
   * one, else {@code logits}.
   *
   * @param mean one mean, or one for each channel
   * @param sd as many standard deviations
   * @param about what the file is, in words
   * @throws IOException when the file can't be written, or would be larger than 2 GB
   */
  public static void write(
      Network network, Weights weights, List<Float> mean, List<Float> sd, String about, Path file)
      throws IOException {
    long bytes = 4 * network.parameters().stream().mapToLong(p -> p.size()).sum();
    if (bytes > LARGEST) {
      throw new IOException(
          file + " was not written: an ONNX file can't be larger than 2 GB; export safetensors");
    }
    ModelProto model = model(network, weights, mean, sd, about);
    WholeFile.write(
        file,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          model.writeTo(out);
          out.flush();
        });
  }

  private static ModelProto model(
      Network network, Weights weights, List<Float> mean, List<Float> sd, String about) {
    FeatureShape in = network.input();
    int outputs = Math.toIntExact(network.output().shape().size());
    String output = outputs == 1 ? "logit" : "logits";
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName(network.name())
            .addInput(info("gray", 1, in.height(), in.width()))
            .addOutput(info(output, outputs));
    NodeWriter to = new NodeWriter(graph);
    String image = image(to, in.channels(), mean, sd);
    String found = LayerWriter.write(to, OperatorList.standard(), network, weights, image);
    to.node("output", "Identity", List.of(found));
    graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, output);
    return ModelProto.newBuilder()
        .setIrVersion(VERSION)
        .setProducerName("whisker")
        .setDocString(about)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private static String image(NodeWriter to, int channels, List<Float> mean, List<Float> sd) {
    String gray = "gray";
    if (channels > 1) {
      gray =
          to.node(
              "input", "Concat", Collections.nCopies(channels, gray), NodeWriter.with("axis", 1L));
    }
    String centred = to.node("input", "Sub", List.of(gray, each(to, mean)));
    return to.node("input", "Div", List.of(centred, each(to, sd)));
  }

  private static String each(NodeWriter to, List<Float> values) {
    double[] numbers = values.stream().mapToDouble(Float::doubleValue).toArray();
    return to.floats(new long[] {numbers.length, 1, 1}, numbers);
  }

  private static ValueInfoProto info(String name, int... shape) {
    TensorShapeProto.Builder dims =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (int d : shape) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dims)))
        .build();
  }
}
