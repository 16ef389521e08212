package org.whisker.fuzz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.ModelProto;
import org.whisker.onnx.proto.Onnx.NodeProto;
import org.whisker.onnx.proto.Onnx.TensorProto;

/** Empty names, and names of 100,000 characters, are read or refused in a line like any other. */
class OddNamesTest {
  private static final String LONG = "n".repeat(100_000);

  @TempDir private Path home;

  static Stream<Arguments> odd() {
    return Stream.of("", LONG, "a b", "\u202e\n", "\u009b2J").flatMap(OddNamesTest::of);
  }

  private static Stream<Arguments> of(String name) {
    List<Arguments> all = new ArrayList<>();
    String quoted = json(name);
    String shown = quoted.substring(0, Math.min(quoted.length(), 12));
    all.add(text(shown, "csv", quoted + ",y\n1,2\n"));
    all.add(text(shown, "csv", "x,y\n" + quoted + ",2\n"));
    all.add(text(shown, "photos", quoted + ",label\na.png,cat\n"));
    all.add(text(shown, "photos", "path,label\n" + quoted + ",cat\n"));
    all.add(text(shown, "classes", name + "\ncat\n"));
    all.add(text(shown, "spec", quoted + ": 1\n"));
    all.add(text(shown, "spec", "evolve:\n  - {model: vgg16-mini, " + quoted + ": [1, 2]}\n"));
    all.add(text(shown, "spec", "evolve:\n  - {model: " + quoted + "}\n"));
    all.add(text(shown, "card", "{" + quoted + ": 1}"));
    all.add(text(shown, "card", "{\"name\": " + quoted + "}"));
    all.add(text(shown, "manifest", "{\"format\": 1, " + quoted + ": " + quoted + "}"));
    all.add(text(shown, "tasks", "{" + quoted + ": 1}\n"));
    all.add(text(shown, "result", "{\"key\": " + quoted + ", \"tables\": {" + quoted + ": \"\"}}"));
    all.add(text(shown, "request", "{" + quoted + ": " + quoted + "}"));
    all.add(Arguments.of(shown, "safetensors", tensors(quoted)));
    return all.stream();
  }

  private static Arguments text(String shown, String decoder, String content) {
    return Arguments.of(shown, decoder, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(String name) {
    try {
      return new JsonMapper().writeValueAsString(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] tensors(String quoted) {
    byte[] header =
        ("{" + quoted + ":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .putFloat(1)
        .array();
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("odd")
  void isReadOrRefusedInALine(String shown, String decoder, byte[] bytes) throws IOException {
    Decoder of = Decoders.of(decoder);
    FolderSeeds.write(of, home);
    of.write(home, bytes);
    of.read(home);
  }

  static Stream<String> names() {
    return Stream.of("", LONG, "\u202e\n");
  }

  /** Each name of a graph in turn. */
  @ParameterizedTest(name = "{index}")
  @MethodSource("names")
  void ofAGraph(String name) throws IOException {
    Decoder of = Decoders.of("onnx");
    ModelProto model = ModelProto.parseFrom(Seeds.of(of, home).get(0));
    GraphProto graph = model.getGraph();
    NodeProto node = graph.getNode(0);
    TensorProto weights = graph.getInitializer(0);
    List<GraphProto> changed =
        List.of(
            graph.toBuilder().setName(name).build(),
            graph.toBuilder().setNode(0, node.toBuilder().setName(name)).build(),
            graph.toBuilder().setNode(0, node.toBuilder().setOpType(name)).build(),
            graph.toBuilder().setNode(0, node.toBuilder().setDomain(name)).build(),
            graph.toBuilder().setNode(0, node.toBuilder().setOutput(0, name)).build(),
            graph.toBuilder().setNode(0, node.toBuilder().setInput(0, name)).build(),
            graph.toBuilder().setInitializer(0, weights.toBuilder().setName(name)).build(),
            graph.toBuilder().setInput(0, graph.getInput(0).toBuilder().setName(name)).build(),
            graph.toBuilder().setOutput(0, graph.getOutput(0).toBuilder().setName(name)).build());
    for (GraphProto each : changed) {
      Path folder = Files.createTempDirectory(home, "graph");
      of.write(folder, model.toBuilder().setGraph(each).build().toByteArray());
      of.read(folder);
    }
  }
}
