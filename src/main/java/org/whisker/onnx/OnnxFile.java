package org.whisker.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.onnx.graph.Functions;
import org.whisker.onnx.graph.GraphInput;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.NodeOrder;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.ModelProto;
import org.whisker.onnx.proto.Onnx.OperatorSetIdProto;
import org.whisker.onnx.proto.Onnx.TensorProto;
import org.whisker.onnx.proto.Onnx.TensorShapeProto;
import org.whisker.onnx.proto.Onnx.ValueInfoProto;
import org.whisker.value.Text;

/**
 * An ONNX file that was read and checked: the nodes that its output needs, in an order in which
 * each can be computed. Its tensors stay in the file, mapped.
 *
 * @param constants its initial tensors
 * @param output the name of what it gives
 * @param outputs how many outputs the file has
 * @param classes what its metadata says of the names of classes, as text; empty where it says
 *     nothing
 */
record OnnxFile(
    long opset,
    GraphInput input,
    Map<String, Constant> constants,
    List<GraphNode> nodes,
    String output,
    int outputs,
    String classes) {
  /** The first opset whose files are read. */
  static final int OLDEST = 7;

  /** The last opset of which exports were tried. */
  private static final int NEWEST = 24;

  /** Keys of metadata under which exporters write the names of classes. */
  private static final Set<String> CLASSES = Set.of("names", "classes", "class_names", "labels");

  /** Names of inputs in a message. */
  private static final int NAMED = 3;

  /**
   * Reads a file.
   *
   * @param reader reads its tensors
   */
  static OnnxFile read(Path file, TensorReader reader) throws OnnxException {
    ModelProto model = parse(file);
    GraphProto graph = model.getGraph();
    if (!model.hasGraph() || graph.getNodeCount() == 0 || graph.getOutputCount() == 0) {
      throw new OnnxException("it has no graph: it is no ONNX model; export the model again");
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new OnnxException("it has sparse tensors; export the model with dense ones");
    }
    Map<String, Constant> constants = new HashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      constants.put(tensor.getName(), reader.read(tensor));
    }
    List<GraphNode> nodes = new Functions(model.getFunctionsList()).inlined(graph.getNodeList());
    GraphInput input = input(graph, constants.keySet(), nodes);
    Set<String> given = new HashSet<>(constants.keySet());
    given.add(input.name());
    String output = output(graph.getOutputList());
    return new OnnxFile(
        opset(model),
        input,
        constants,
        new NodeOrder(nodes, given).upTo(output),
        output,
        graph.getOutputCount(),
        classes(model));
  }

  /** The first output that is no map, as far as its shape is declared; else the first. */
  private static String output(List<ValueInfoProto> outputs) {
    return outputs.stream()
        .filter(each -> !isMap(each.getType().getTensorType().getShape().getDimList()))
        .findFirst()
        .orElse(outputs.get(0))
        .getName();
  }

  private static boolean isMap(List<TensorShapeProto.Dimension> shape) {
    return shape.size() > 2
        && shape.subList(2, shape.size()).stream().anyMatch(dim -> dim.getDimValue() != 1);
  }

  private static String classes(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .filter(entry -> CLASSES.contains(entry.getKey().toLowerCase(Locale.ROOT)))
        .map(entry -> entry.getValue())
        .findFirst()
        .orElse("");
  }

  private static ModelProto parse(Path file) throws OnnxException {
    if (!Files.isRegularFile(file)) {
      throw new OnnxException("there is no such file; check the path");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new OnnxException(
            "it is larger than 2 GB, which no ONNX file can be; save its tensors as external data");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.enableAliasing(true);
      return ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new OnnxException("it is damaged, or no ONNX file; copy or export it again", e);
    } catch (OnnxException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new OnnxException("it may not be read; check its permissions", e);
    } catch (IOException e) {
      throw new OnnxException("it cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new OnnxException("it needs more memory than Java has; raise -Xmx", e);
    }
  }

  private static long opset(ModelProto model) throws OnnxException {
    long opset =
        model.getOpsetImportList().stream()
            .filter(o -> o.getDomain().isEmpty() || o.getDomain().equals("ai.onnx"))
            .mapToLong(OperatorSetIdProto::getVersion)
            .max()
            .orElse(1);
    if (opset < OLDEST) {
      throw new OnnxException(
          Text.of(
              "it is of opset %d; export the model with opset %d to %d", opset, OLDEST, NEWEST));
    }
    return opset;
  }

  /** Inputs that no node reads, such as the queues of Caffe2's exports, are left out. */
  private static GraphInput input(GraphProto graph, Set<String> constants, List<GraphNode> nodes)
      throws OnnxException {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !constants.contains(i.getName())).toList();
    if (inputs.size() > 1) {
      Set<String> read = new HashSet<>();
      nodes.forEach(node -> read.addAll(NodeOrder.reads(node)));
      inputs = inputs.stream().filter(i -> read.contains(i.getName())).toList();
    }
    if (inputs.size() != 1) {
      throw new OnnxException(
          Text.of(
              "it takes %d inputs%s; a classifier takes one, the picture",
              inputs.size(), named(inputs)));
    }
    return GraphInput.of(inputs.get(0));
  }

  private static String named(List<ValueInfoProto> inputs) {
    String first =
        inputs.stream().limit(NAMED).map(ValueInfoProto::getName).collect(Collectors.joining(", "));
    return inputs.isEmpty() ? "" : " (" + first + (inputs.size() > NAMED ? ", ..." : "") + ")";
  }
}
