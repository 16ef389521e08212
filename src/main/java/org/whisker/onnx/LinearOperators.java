package org.whisker.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Text;
import org.whisker.weights.Weights.Tensor;

/** Products with known matrices. */
record LinearOperators(Scope scope, GraphNode node) {
  static List<Operator> all() {
    return List.of(
        of("Gemm", LinearOperators::gemm)
            .limits("the second matrix is known")
            .writes(
                Layer.Linear.class,
                (to, linear) ->
                    to.node("Gemm", to.withTensors(to.x()), NodeWriter.with("transB", 1L))),
        of("MatMul", LinearOperators::matMul).limits("one of both is a known matrix"));
  }

  private static Operator of(String name, Function<LinearOperators, View> reader) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(reader.apply(new LinearOperators(scope, node))));
  }

  private Constant matrix(int input) {
    Constant matrix = scope.constant(node, input);
    if (matrix.rank() != 2) {
      throw new IllegalArgumentException(
          "a matrix of shape %s; only two dimensions can be read"
              .formatted(Arrays.toString(matrix.shape())));
    }
    return matrix;
  }

  private View matMul() {
    if (scope.value(node, 0) instanceof Constant) {
      View x = scope.view(node, 1);
      return product(x, rows(matrix(0), true, 1), null, x.rank() - 2);
    }
    return product(scope.view(node, 0), rows(matrix(1), false, 1), null);
  }

  private View gemm() {
    View x = scope.view(node, 0);
    if (node.integer("transA", 0) == 1 || x.rank() != 2) {
      throw new IllegalArgumentException(
          "a left side of shape %s, transposed or not N x values"
              .formatted(Arrays.toString(x.shape())));
    }
    Tensor weight = rows(matrix(1), node.integer("transB", 0) == 1, node.number("alpha", 1));
    int outputs = weight.shape().get(0);
    Constant given = scope.optional(node, 2);
    if (given == null) {
      return product(x, weight, null);
    }
    double beta = node.number("beta", 1);
    double[] bias = new double[outputs];
    if (given.size() != 1 && given.size() != outputs) {
      throw new IllegalArgumentException(
          Text.of("a bias of %d values for %d outputs", given.size(), outputs));
    }
    for (int i = 0; i < outputs; i++) {
      bias[i] = beta * given.number(given.size() == 1 ? 0 : i);
    }
    return product(x, weight, Constant.tensor(bias));
  }

  /** A matrix as one row for each output. */
  private static Tensor rows(Constant matrix, boolean already, double factor) {
    int first = matrix.shape()[0];
    int second = matrix.shape()[1];
    if (already && factor == 1) {
      return matrix.tensor();
    }
    FloatBuffer from = matrix.floats();
    float[] values = new float[matrix.size()];
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        values[already ? i * second + j : j * first + i] =
            (float) (factor * from.get(i * second + j));
      }
    }
    return already
        ? Tensor.of(List.of(first, second), values)
        : Tensor.of(List.of(second, first), values);
  }

  private View product(View given, Tensor weight, @Nullable Tensor bias) {
    return product(given, weight, bias, given.rank() - 1);
  }

  /**
   * Multiplies over one dimension; at each position of a map that is a convolution of one value.
   */
  private View product(View given, Tensor weight, @Nullable Tensor bias, int dimension) {
    int in = weight.shape().get(1);
    int out = weight.shape().get(0);
    if (dimension < 1 || given.shape()[dimension] != in) {
      throw new IllegalArgumentException(
          Text.of("%s times a matrix of %d rows", Arrays.toString(given.shape()), in));
    }
    View x =
        given.rank() == 2
            ? scope.layout().vector(given)
            : scope.layout().channels(given, dimension);
    Draft draft = scope.draft();
    FeatureShape shape = draft.shape(x.node());
    if (shape.height() == 1 && shape.width() == 1) {
      Tensor shift = bias == null ? Constant.filled(out, 0) : bias;
      Map<String, Tensor> tensors = Map.of("weight", weight, "bias", shift);
      int made = draft.add(new Layer.Linear(in, out), tensors, draft.vector(x.node()));
      return x.withChannels(made, out, dimension);
    }
    Tensor kernel = new Tensor(List.of(out, in, 1, 1), weight.floats());
    Map<String, Tensor> tensors =
        bias == null ? Map.of("weight", kernel) : Map.of("weight", kernel, "bias", bias);
    Layer layer = new Layer.Conv(in, out, Window.square(1, 1, 0), bias != null);
    return x.withChannels(draft.add(layer, tensors, x.node()), out, dimension);
  }
}
