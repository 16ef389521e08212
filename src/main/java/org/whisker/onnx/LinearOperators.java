package org.whisker.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.TokenOperation;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;
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
        of("MatMul", LinearOperators::matMul)
            .computes(LinearOperators::knownProduct)
            .writes(TokenOperation.Product.class, LinearOperators::writeProduct));
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
    if (scope.value(node, 0) instanceof Constant left) {
      View x = scope.view(node, 1);
      return left.rank() == 2 && x.rank() > 1
          ? product(x, rows(left, true, 1), null, x.rank() - 2)
          : product(scope, scope.layout().known(left, x.node()), x);
    } else if (scope.value(node, 1) instanceof Constant right) {
      View x = scope.view(node, 0);
      return right.rank() == 2
          ? product(x, rows(right, false, 1), null)
          : product(scope, x, scope.layout().known(right, x.node()));
    }
    return product(scope, scope.view(node, 0), scope.view(node, 1));
  }

  /** The products of two views as matrices of their last two dimensions. */
  static View product(Scope scope, View first, View second) {
    int rank = Math.max(first.rank(), second.rank());
    Checks.refuse(
        Math.min(first.rank(), second.rank()) < 2,
        "%s times %s: vectors can't be read",
        Arrays.toString(first.shape()),
        Arrays.toString(second.shape()));
    int[] shape =
        Shapes.broadcast(
            Arrays.copyOf(first.widened(rank).shape(), rank - 2),
            Arrays.copyOf(second.widened(rank).shape(), rank - 2));
    View a = stacked(scope, first.widened(rank), shape);
    View b = stacked(scope, second.widened(rank), shape);
    int inner = a.shape()[rank - 1];
    Checks.require(
        inner == b.shape()[rank - 2],
        "%s times %s do not fit",
        Arrays.toString(a.shape()),
        Arrays.toString(b.shape()));
    Draft draft = scope.draft();
    int made =
        draft.add(new TokenOperation.Product(inner, 1), draft.map(a.node()), draft.map(b.node()));
    int[] to = Arrays.copyOf(shape, rank);
    to[rank - 2] = a.shape()[rank - 2];
    to[rank - 1] = b.shape()[rank - 1];
    return View.of(made, to, axes(rank));
  }

  /** A matrix for each channel; one for all if it has no others. */
  private static View stacked(Scope scope, View x, int[] outer) {
    int rank = x.rank();
    boolean one = Constant.size(Arrays.copyOf(x.shape(), rank - 2)) == 1;
    int[] to = x.shape();
    System.arraycopy(outer, 0, to, 0, rank - 2);
    View all = one ? x : scope.layout().repeated(x, to);
    List<List<Integer>> axes = axes(rank);
    return scope.layout().arranged(all, axes.get(0), axes.get(1), axes.get(2));
  }

  private static List<List<Integer>> axes(int rank) {
    return List.of(
        IntStream.range(0, rank - 2).boxed().toList(), List.of(rank - 2), List.of(rank - 1));
  }

  /** The product of known matrices, such as a table of biases that is made by a small network. */
  private static Constant knownProduct(Operator.KnownNode in) {
    Constant a = in.x();
    Constant b = in.at(1);
    Checks.refuse(a.rank() < 2 || b.rank() != 2, "known tensors of more dimensions");
    int[] to = a.shape();
    int inner = to[a.rank() - 1];
    int columns = b.shape()[1];
    Checks.require(inner == b.shape()[0], "%s times %s do not fit", a, b);
    to[a.rank() - 1] = columns;
    float[] values = new float[in.budget().take(to)];
    in.budget().take((long) values.length * inner);
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (int k = 0; k < inner; k++) {
        sum += a.number(i / columns * inner + k) * b.number(k * columns + i % columns);
      }
      values[i] = (float) sum;
    }
    return Constant.floats(to, values);
  }

  private static String writeProduct(LayerWriter to, TokenOperation.Product product) {
    String of = to.node("MatMul", to.inputs());
    return product.scale() == 1 ? of : to.node("Mul", List.of(of, to.number(product.scale())));
  }

  private View gemm() {
    View left = scope.view(node, 0);
    Checks.require(left.rank() == 2, "a left side of rank %s", left.rank());
    boolean turned = node.integer("transA", 0) == 1;
    View x = turned ? left.transposed(new int[] {1, 0}) : left;
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
    if (dimension < 0 || given.shape()[dimension] != in) {
      throw new IllegalArgumentException(
          Text.of("%s times a matrix of %d rows", Arrays.toString(given.shape()), in));
    }
    View x =
        given.rank() == 2 && dimension == 1 && given.dims().get(0).isEmpty()
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
