package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.Activation;
import org.whisker.network.Activation.Kind;
import org.whisker.network.Chains;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.weights.Weights;

/** Windows and activations as they are defined, value by value, against what is computed. */
class WindowsOnNetworksTest {
  private static final FeatureShape IN = new FeatureShape(1, 7, 8);
  private static final Window UNEVEN =
      new Window(new Window.Axis(3, 2, 1, 0, 1), new Window.Axis(2, 1, 3, 2, 1));
  private static final Window POOL =
      new Window(new Window.Axis(3, 2, 1, 0, 1), new Window.Axis(2, 1, 1, 1, 0));

  private static double[][] centred(GrayImage picture) {
    double[][] values = new double[IN.height()][IN.width()];
    for (int y = 0; y < IN.height(); y++) {
      for (int x = 0; x < IN.width(); x++) {
        values[y][x] = (picture.at(x, y) - 0.5) / 0.25;
      }
    }
    return values;
  }

  private static int source(int at, int size, Padding padding) {
    if (at >= 0 && at < size) {
      return at;
    }
    return switch (padding) {
      case ZERO -> -1;
      case REFLECT -> at < 0 ? -at : 2 * (size - 1) - at;
      case REPLICATE -> at < 0 ? 0 : size - 1;
      case CIRCULAR -> Math.floorMod(at, size);
    };
  }

  private interface Reading {
    void read(int k, double value);
  }

  /** What a window reads at one place; positions that do not exist are left out. */
  private static void read(
      double[][] map, Window w, Padding padding, int row, int column, Reading reading) {
    for (int i = 0; i < w.size(); i++) {
      int ky = i / w.columns().kernel();
      int kx = i % w.columns().kernel();
      int y = row * w.rows().stride() + ky * w.rows().dilation() - w.rows().before();
      int x = column * w.columns().stride() + kx * w.columns().dilation() - w.columns().before();
      int sy = source(y, map.length, padding);
      int sx = source(x, map[0].length, padding);
      if (sy >= 0 && sx >= 0) {
        reading.read(i, map[sy][sx]);
      }
    }
  }

  private static float logit(Network network, Weights weights, GrayImage picture) {
    try (TorchClassifier it = TinyNets.classifier(network, weights, Precision.FLOAT32, 1)) {
      return it.logits(List.of(picture))[0];
    }
  }

  private static Network behind(Layer... layers) {
    FeatureShape out = Chains.of(IN, layers).output().shape();
    Layer[] all = Arrays.copyOf(layers, layers.length + 2);
    all[layers.length] = new Layer.Flatten();
    all[layers.length + 1] = new Layer.Linear(Math.toIntExact(out.size()), 1);
    return Chains.of(IN, all);
  }

  private static GrayImage picture() {
    return TinyNets.pictures(behind(Activation.relu()), 1).get(0);
  }

  /** The last layer of {@link #behind} on features in the order of Flatten. */
  private static double linear(Weights weights, String name, List<Double> features) {
    double sum = weights.floats(name + ".bias").get(0);
    for (int i = 0; i < features.size(); i++) {
      sum += weights.floats(name + ".weight").get(i) * features.get(i);
    }
    return sum;
  }

  /** Channel c of the first convolution is the picture times its weight; groups keep apart. */
  @ParameterizedTest
  @EnumSource(Padding.class)
  void groupedConvolution(Padding padding) {
    Layer.Conv wide = new Layer.Conv(1, 4, Window.square(1, 1, 0), true);
    Layer.Conv grouped = new Layer.Conv(4, 6, UNEVEN, 2, true);
    Network network = behind(wide, grouped).withPadding(padding);
    Weights weights = TinyNets.weights(network);
    double[][] x = centred(picture());
    FeatureShape out = grouped.output(List.of(IN));
    List<Double> features = new ArrayList<>();
    for (int o = 0; o < 6; o++) {
      for (int place = 0; place < out.height() * out.width(); place++) {
        double[] sum = {weights.floats("layer.1.bias").get(o)};
        for (int c = 0; c < 2; c++) {
          int channel = o / 3 * 2 + c;
          int first = (o * 2 + c) * UNEVEN.size();
          double gain = weights.floats("layer.0.weight").get(channel);
          double bias = weights.floats("layer.0.bias").get(channel);
          read(
              x,
              UNEVEN,
              padding,
              place / out.width(),
              place % out.width(),
              (k, v) ->
                  sum[0] += weights.floats("layer.1.weight").get(first + k) * (gain * v + bias));
        }
        features.add(sum[0]);
      }
    }
    assertEquals(linear(weights, "layer.3", features), logit(network, weights, picture()), 1e-4);
  }

  static Stream<Arguments> poolings() {
    return Stream.of(Padding.values())
        .flatMap(
            padding ->
                Stream.of(
                    Arguments.of(new Layer.MaxPool(POOL), padding),
                    Arguments.of(new Layer.MaxPool(Window.square(3, 2, 1)), padding),
                    Arguments.of(new Layer.AvgPool(Window.square(3, 2, 1)), padding),
                    Arguments.of(new Layer.AvgPool(POOL), padding)));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void pooling(Layer pool, Padding padding) {
    Window window = Window.of(pool).orElseThrow();
    Network network = behind(pool).withPadding(padding);
    Weights weights = TinyNets.weights(network);
    FeatureShape out = pool.output(List.of(IN));
    List<Double> features = new ArrayList<>();
    for (int place = 0; place < out.height() * out.width(); place++) {
      DoubleSummaryStatistics seen = new DoubleSummaryStatistics();
      read(
          centred(picture()),
          window,
          padding,
          place / out.width(),
          place % out.width(),
          (k, v) -> seen.accept(v));
      features.add(pool instanceof Layer.MaxPool ? seen.getMax() : seen.getAverage());
    }
    assertEquals(linear(weights, "layer.2", features), logit(network, weights, picture()), 1e-5);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double clip(double x, double low, double high) {
    return Math.min(high, Math.max(low, x));
  }

  /** Φ by Simpson's rule. */
  private static double normal(double x) {
    int steps = 2000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = x * i / steps;
      sum += Math.exp(-t * t / 2) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
    }
    return 0.5 + sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
  }

  private static double gelu(double x) {
    double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    return 0.5 * x * (1 + Math.tanh(inner));
  }

  static Stream<Arguments> activations() {
    return Stream.of(
        of(Activation.relu(), x -> Math.max(0, x)),
        of(Activation.clip(-0.5, 0.75), x -> clip(x, -0.5, 0.75)),
        of(Activation.clip(Double.NEGATIVE_INFINITY, 0.5), x -> Math.min(x, 0.5)),
        of(Activation.clip(0.25, Double.POSITIVE_INFINITY), x -> Math.max(x, 0.25)),
        of(new Activation(Kind.LEAKY_RELU, List.of(0.1)), x -> x < 0 ? 0.1 * x : x),
        of(new Activation(Kind.ELU, List.of(0.7)), x -> x < 0 ? 0.7 * Math.expm1(x) : x),
        of(Activation.of(Kind.SIGMOID), WindowsOnNetworksTest::sigmoid),
        of(new Activation(Kind.HARD_SIGMOID, List.of(0.2, 0.5)), x -> clip(0.2 * x + 0.5, 0, 1)),
        of(Activation.of(Kind.TANH), Math::tanh),
        of(Activation.of(Kind.HARD_SWISH), x -> x * clip(x + 3, 0, 6) / 6),
        of(Activation.of(Kind.SILU), x -> x * sigmoid(x)),
        of(Activation.of(Kind.GELU), x -> x * normal(x)),
        of(Activation.of(Kind.GELU_TANH), WindowsOnNetworksTest::gelu),
        of(Activation.of(Kind.MISH), x -> x * Math.tanh(Math.log1p(Math.exp(x)))),
        of(Activation.of(Kind.SOFTPLUS), x -> Math.log1p(Math.exp(x))));
  }

  private static Arguments of(Activation activation, DoubleUnaryOperator f) {
    return Arguments.of(activation, f);
  }

  /** After a convolution, so that it may be fused with it or overwrite its output. */
  @ParameterizedTest
  @MethodSource("activations")
  void activation(Activation activation, DoubleUnaryOperator f) {
    Network network = behind(new Layer.Conv(1, 1, Window.square(1, 1, 0), true), activation);
    Weights weights = TinyNets.weights(network);
    double gain = weights.floats("layer.0.weight").get(0);
    double bias = weights.floats("layer.0.bias").get(0);
    List<Double> features =
        Stream.of(centred(picture()))
            .flatMapToDouble(Arrays::stream)
            .map(x -> f.applyAsDouble(gain * x + bias))
            .boxed()
            .toList();
    assertEquals(linear(weights, "layer.3", features), logit(network, weights, picture()), 2e-5);
    assertEquals(f.applyAsDouble(0) == 0, activation.zeroAtZero());
  }

  /** A derivative through overwritten activations is that of differences. */
  @ParameterizedTest
  @MethodSource("activations")
  void gradient(Activation activation, DoubleUnaryOperator f) {
    Network network = behind(new Layer.Conv(1, 1, Window.square(1, 1, 0), true), activation);
    Weights weights = TinyNets.weights(network);
    double gain = weights.floats("layer.0.weight").get(0) / 0.25;
    double bias = weights.floats("layer.0.bias").get(0);
    GrayImage picture = picture();
    try (TorchClassifier it = TinyNets.classifier(network, weights, Precision.FLOAT32, 1)) {
      float[] found = it.inputGradients(List.of(picture)).get(0);
      for (int i = 0; i < found.length; i++) {
        double z = gain * (picture.at(i % IN.width(), i / IN.width()) - 0.5) + bias;
        double slope = (f.applyAsDouble(z + 1e-5) - f.applyAsDouble(z - 1e-5)) / 2e-5;
        double expected = weights.floats("layer.3.weight").get(i) * slope * gain;
        assertEquals(expected, found[i], 1e-3, "at " + i);
      }
    }
  }

  @Test
  void thePictureReachesAllPartsOfEveryActivation() {
    double[] values = Stream.of(centred(picture())).flatMapToDouble(Arrays::stream).toArray();
    assertEquals(-2, Arrays.stream(values).min().orElseThrow(), 0.3);
    assertEquals(2, Arrays.stream(values).max().orElseThrow(), 0.3);
    assertEquals(new Canvas(IN.width(), IN.height()), picture().canvas());
  }
}
