package org.whisker.onnx;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphInput;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * Turns a graph into a network under construction, node by node: what is known is computed, what
 * depends on the picture becomes layers.
 */
final class Importer {
  private static final int DEEPEST = 16;

  /** How often a tensor that the file holds is computed with, generously. */
  private static final long EACH = 16;

  private static final Set<String> BOXES = Set.of("NonMaxSuppression", "RoiAlign", "MaxRoiPool");

  private static final String CLASSIFIER =
      "whisker explains classifiers: export one whose output is N x classes";

  private final OperatorList operators;
  private final Scope scope;

  private final Constant.Budget budget;
  private int depth;

  private Importer(
      OnnxFile graph,
      OperatorList operators,
      Draft draft,
      InputLayout input,
      TensorReader tensors) {
    this.operators = operators;
    this.scope = new Scope(graph, draft, input.view(), input.batch(), tensors, this::inner);
    long held = graph.constants().values().stream().mapToLong(Constant::size).sum();
    this.budget = new Constant.Budget(Constant.LARGEST + EACH * held);
  }

  /** A network under construction, and the position of its result. */
  record Result(Draft draft, int output) {}

  /**
   * Imports a graph.
   *
   * @param size the size of the input, where the file leaves it open
   */
  static Result of(
      OnnxFile graph, OperatorList operators, Optional<FeatureShape> size, TensorReader tensors)
      throws OnnxException {
    InputLayout input = InputLayout.of(graph.input(), size);
    GraphNode source =
        new GraphNode("input", "Input", "", List.of(), List.of(graph.input().name()), Map.of());
    Draft draft = new Draft(source, input.shape());
    refuseDetector(graph);
    Importer importer = new Importer(graph, operators, draft, input, tensors);
    importer.run(graph.nodes());
    return importer.result(graph.output());
  }

  private Result result(String output) throws OnnxException {
    Value value = scope.value(output);
    if (!(value instanceof View view)) {
      throw new OnnxException(
          "output '" + output + "' does not depend on the picture; name another");
    }
    int[] shape = view.shape();
    if (Arrays.stream(shape).filter(size -> size > 1).count() > 1) {
      String label = Arrays.stream(shape).mapToObj(String::valueOf).collect(joining("x"));
      throw new OnnxException(
          Text.of(
              "output '%s' is %s, as of segmentation or detection; %s", output, label, CLASSIFIER));
    }
    try {
      return new Result(scope.draft(), scope.layout().vector(view).node());
    } catch (IllegalArgumentException e) {
      throw new OnnxException("output '" + output + "': " + e.getMessage(), e);
    }
  }

  private static void refuseDetector(OnnxFile graph) throws OnnxException {
    for (GraphNode node : graph.nodes()) {
      if (BOXES.contains(node.op())) {
        throw new OnnxException(
            Text.of("its %s makes boxes, as of detection; %s", node.op(), CLASSIFIER));
      }
    }
  }

  private void inner(List<GraphNode> nodes) throws OnnxException {
    Checks.refuse(depth > DEEPEST, "branches lie in branches without end");
    depth++;
    run(nodes);
    depth--;
  }

  private void run(List<GraphNode> nodes) throws OnnxException {
    for (GraphNode node : nodes) {
      scope.draft().source(node);
      try {
        step(node);
      } catch (IllegalArgumentException
          | ArithmeticException
          | IndexOutOfBoundsException
          | NegativeArraySizeException e) {
        throw new OnnxException(
            node.label() + " can't be read: " + e.getMessage() + "; " + operators.mend(node), e);
      }
    }
  }

  private void step(GraphNode node) throws OnnxException {
    List<? extends Value> outputs = outputs(node);
    for (int i = 0; i < Math.min(outputs.size(), node.outputs().size()); i++) {
      scope.put(node.outputs().get(i), outputs.get(i));
    }
  }

  private List<? extends Value> outputs(GraphNode node) throws OnnxException {
    List<@Nullable Constant> known = scope.constants(node);
    Optional<Operator.Reader> reader = operators.reader(node);
    boolean always = reader.map(Operator.Reader::always).orElse(false);
    if (known != null && !known.isEmpty() && !always) {
      Operator.KnownNode in = new Operator.KnownNode(node, known, scope.tensors(), budget);
      Optional<Operator.Computation> given = operators.of(node).flatMap(Operator::computation);
      Constant first = known.get(0);
      if (given.isEmpty() && reader.isPresent() && first != null && first.floating()) {
        return reader.get().read(scope, ofMap(node, first));
      }
      Operator.Computation computation = given.orElseThrow(() -> unknown(node));
      spend(known);
      List<Constant> computed = computation.of(in);
      spend(computed);
      return computed;
    }
    return reader.orElseThrow(() -> unknown(node)).read(scope, node);
  }

  /** A node whose known input only layers can compute: it reads a map that is known. */
  private GraphNode ofMap(GraphNode node, Constant first) {
    List<String> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, node.inputs().get(0) + " as a map");
    scope.put(inputs.get(0), scope.layout().known(first, 0));
    return new GraphNode(
        node.name(), node.op(), node.domain(), inputs, node.outputs(), node.attributes());
  }

  private void spend(List<? extends @Nullable Constant> on) {
    for (@Nullable Constant each : on) {
      budget.take(each == null ? 0 : each.size());
    }
  }

  private static IllegalArgumentException unknown(GraphNode node) {
    return new IllegalArgumentException("there is no layer for " + node.op());
  }

  /**
   * How a graph takes a picture.
   *
   * @param view the tensor that it takes, as a view of the picture
   * @param batch the number of pictures if the file fixes it, else 1
   */
  private record InputLayout(FeatureShape shape, View view, long batch) {
    private static final long LARGEST = 16_384;

    static InputLayout of(GraphInput input, Optional<FeatureShape> given) throws OnnxException {
      if (!DataType.of(input.type()).map(t -> t.floating() || t == DataType.UINT8).orElse(false)) {
        throw unfit(input, "has elements of another type than float32");
      }
      if (!input.shaped() && given.isEmpty()) {
        throw unfit(input, "has no shape; say --input, such as --input 3x224x224");
      }
      List<Long> dims = input.shaped() ? input.shape() : List.of(-1L, -1L, -1L, -1L);
      if (dims.size() != 4) {
        throw unfit(
            input,
            "is "
                + input.label()
                + "; a classifier of pictures takes N x channels x height x width");
      }
      boolean last = !channels(dims.get(1)) && channels(dims.get(3));
      int[] order = last ? new int[] {3, 1, 2} : new int[] {1, 2, 3};
      int[] size =
          IntStream.range(0, 3)
              .map(i -> (int) size(dims.get(order[i]), given.map(s -> part(s, i))))
              .toArray();
      FeatureShape shape = checked(input, size, given);
      View map = View.map(0, shape);
      return new InputLayout(
          shape, last ? map.transposed(new int[] {0, 2, 3, 1}) : map, Math.max(1, dims.get(0)));
    }

    private static FeatureShape checked(GraphInput input, int[] size, Optional<FeatureShape> given)
        throws OnnxException {
      if (size[0] == 0 || size[1] == 0 || size[2] == 0) {
        throw unfit(
            input, "is " + input.label() + "; say its size by --input, such as --input 3x224x224");
      }
      if (size[0] < 0 || size[1] < 0 || size[2] < 0) {
        String not = given.map(shape -> ", not " + shape).orElse(", larger than any picture");
        throw unfit(input, "is " + input.label() + not);
      }
      FeatureShape shape = new FeatureShape(size[0], size[1], size[2]);
      if (shape.size() > Draft.LARGEST) {
        throw unfit(input, "is " + shape + ", larger than any picture");
      }
      return shape;
    }

    private static boolean channels(long d) {
      return d == 1 || d == 3;
    }

    private static int part(FeatureShape shape, int i) {
      return i == 0 ? shape.channels() : i == 1 ? shape.height() : shape.width();
    }

    /** 0 if neither the file nor the user says it, −1 if they differ or it is too large. */
    private static long size(long file, Optional<Integer> given) {
      if (file < 0) {
        return given.orElse(0);
      }
      boolean differs = given.isPresent() && given.get() != file;
      return differs || file > LARGEST ? -1 : file;
    }

    private static OnnxException unfit(GraphInput input, String why) {
      return new OnnxException("its input '" + input.name() + "' " + why);
    }
  }
}
