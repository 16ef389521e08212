package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.onnx.proto.Onnx.ModelProto;
import org.whisker.onnx.proto.Onnx.ValueInfoProto;

/** The list of operators is whole and right, and the guide's table says what it says. */
class OperatorListTest {
  private static final Path GUIDE = Path.of("docs/onnx-operators.md");
  private static final String BEGIN = "<!-- operators: made by OperatorListTest -->\n";
  private static final String END = "<!-- end of operators -->\n";

  /** The last opset that this ONNX Runtime knows as final. */
  private static final int NEWEST = 21;

  @Test
  void everyLayerIsWrittenByOneOperator() {
    List<Object> written =
        OperatorList.standard().all().stream().flatMap(o -> o.writers().keySet().stream()).toList();
    assertEquals(kinds(), new HashSet<>(written));
    assertEquals(kinds().size(), written.size());
  }

  /** All kinds of layers that a network can have behind its input. */
  private static Set<Object> kinds() {
    Set<Object> kinds = new HashSet<>();
    for (Class<?> type : permitted(Layer.class)) {
      if (type == Activation.class) {
        kinds.addAll(List.of(Activation.Kind.values()));
      } else if (type == Operation.Combine.class) {
        kinds.addAll(List.of(Operation.Combine.Kind.values()));
      } else if (type == Operation.Reduce.class) {
        kinds.addAll(List.of(Operation.Reduce.How.values()));
      } else if (type != Layer.Input.class) {
        kinds.add(type);
      }
    }
    return kinds;
  }

  private static List<Class<?>> permitted(Class<?> type) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      found.addAll(each.isSealed() ? permitted(each) : List.of(each));
    }
    return found;
  }

  static Stream<Operator> dated() {
    return OperatorList.standard().all().stream().filter(o -> o.since() > 0 && o.since() <= NEWEST);
  }

  /**
   * ONNX Runtime knows the operator from that opset on, and not before; but it has had a layer norm
   * of its own at all opsets.
   */
  @ParameterizedTest
  @MethodSource("dated")
  void opsetsAreThoseOfOnnx(Operator operator) throws Exception {
    assertTrue(known(operator.name(), operator.since()), operator.name());
    if (operator.since() > OnnxFile.OLDEST && !operator.name().equals("LayerNormalization")) {
      assertFalse(known(operator.name(), operator.since() - 1), operator.name());
    }
    if (operator.until() != Operator.ALWAYS) {
      assertFalse(known(operator.name(), operator.until() + 1), operator.name());
    }
  }

  private static boolean known(String operator, int opset) throws OrtException {
    OnnxBuilder graph = new OnnxBuilder(opset, 1, 3, 4, 4);
    ValueInfoProto.Builder output = OnnxBuilder.info("y").toBuilder();
    output.getTypeBuilder().getTensorTypeBuilder().clearShape();
    ModelProto model =
        graph.node(operator, "y", "x").model().setGraph(graph.graph().addOutput(output)).build();
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toByteArray())) {
      return session.getNumOutputs() == 1;
    } catch (OrtException e) {
      String message = String.valueOf(e.getMessage());
      return !message.contains("No Op registered") && !message.contains("deprecated");
    }
  }

  @Test
  void anOperatorIsListedOnce() {
    Operator twice = Operator.named("Conv");
    OperatorList standard = OperatorList.standard();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> standard.with(twice));
    assertEquals("Conv is listed twice", e.getMessage());
  }

  @Test
  void theGuideHasTheTable() throws IOException {
    String guide = Files.readString(GUIDE);
    String before = guide.substring(0, guide.indexOf(BEGIN));
    String made = before + table() + guide.substring(guide.indexOf(END) + END.length());
    if (Boolean.getBoolean("whisker.write")) {
      Files.writeString(GUIDE, made);
      return;
    }
    assertEquals(
        made,
        guide,
        "the list of operators has changed, and the table of docs/onnx-operators.md is made of it:"
            + " mvn test -Dtest=OperatorListTest -Dwhisker.write=true");
  }

  private static String table() {
    return OperatorList.standard().all().stream()
        .filter(o -> o.reader().isPresent() || o.computation().isPresent())
        .map(OperatorListTest::row)
        .collect(
            Collectors.joining(
                "",
                BEGIN
                    + "| operator | opsets | of the picture | of known tensors | exported |\n"
                    + "|---|---|---|---|---|\n",
                END));
  }

  private static String row(Operator o) {
    String read = o.limits().isEmpty() ? "yes" : o.limits();
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            o.name(),
            o.until() == Operator.ALWAYS && o.since() > 0 ? o.opsets() + " on" : o.opsets(),
            o.reader().isPresent() ? read : "",
            o.computation().isPresent() ? "yes" : "",
            o.writers().isEmpty() ? "" : "yes");
  }
}
