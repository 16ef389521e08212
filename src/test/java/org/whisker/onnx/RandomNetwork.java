package org.whisker.onnx;

import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;
import static org.whisker.onnx.OnnxBuilder.number;
import static org.whisker.onnx.OnnxBuilder.text;

import java.nio.file.Path;
import java.util.Random;
import org.whisker.network.Network.FeatureShape;

/**
 * A network under construction, with linear layers anywhere, with branches and with several readers
 * of one map, of an input of any size whose batch is fixed or not.
 */
final class RandomNetwork {
  /** Positions of the first map of which blocks are made; larger ones are pooled before. */
  private static final int LARGE = 600;

  private final Random random;
  private final OnnxBuilder graph;
  private final int batch;
  private final int classes;
  private int channels;
  private int height;
  private int width;
  private String x = "x";
  private int names;

  RandomNetwork(Random random, FeatureShape input, int classes) {
    this.random = random;
    this.classes = classes;
    channels = input.channels();
    height = input.height();
    width = input.width();
    batch = new int[] {1, -1, 3}[random.nextInt(3)];
    graph = new OnnxBuilder(18, batch, channels, height, width);
    convolve();
    while (height * width > LARGE) {
      pool();
    }
    int steps = 1 + random.nextInt(4);
    for (int i = 0; i < steps; i++) {
      block();
    }
  }

  Path write(Path file) throws Exception {
    return write(file, "Identity");
  }

  /** Writes it with this node behind its logits. */
  Path write(Path file, String last) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> hidden();
      case 1 -> {
        mapOfLinear();
        hidden();
      }
      case 2 -> branches();
      default -> x = linear(pooled(x), channels, classes);
    }
    return graph.node(last, "z", x).write(file, "z");
  }

  private void block() {
    switch (random.nextInt(11)) {
      case 0 -> convolve();
      case 1 -> {
        pool();
        resize();
      }
      case 2 -> squeeze();
      case 3 -> residual();
      case 4 -> concat();
      case 5 -> twice();
      case 6 -> split();
      case 7 -> stride();
      case 8 -> depthwise();
      case 9 -> normed();
      default -> mapOfLinear();
    }
  }

  private String node(String op, String... inputs) {
    String name = "v" + names++;
    graph.node(op, name, inputs);
    return name;
  }

  private String convolution(String in, int out) {
    return convolution(in, channels, out);
  }

  private String convolution(String in, int from, int out) {
    String made = node("Conv", in, graph.weights(out, from, 3, 3), graph.weights(out));
    graph.with(ints("pads", 1, 1, 1, 1));
    return made;
  }

  private void convolve() {
    int out = 2 + random.nextInt(4);
    x = node(random.nextBoolean() ? "Relu" : "Sigmoid", convolution(x, out));
    channels = out;
  }

  /** Two convolutions of one map, and the map itself twice. */
  private void twice() {
    String own = node("Mul", x, x);
    x = node("Add", convolution(x, channels), node("Sub", convolution(x, channels), own));
    x = node("Tanh", x);
  }

  /** Halves of the channels, one of which is left as it is. */
  private void split() {
    int half = (channels + 1) / 2;
    String first = channelsOf(0, half);
    String second = channelsOf(half, channels);
    if (half < channels) {
      x = node("Concat", node("Relu", convolution(first, half, half)), second);
      graph.with(integer("axis", 1));
    } else {
      x = node("Relu", first);
    }
  }

  private String channelsOf(int from, int to) {
    return node("Slice", x, graph.integers(from), graph.integers(to), graph.integers(1));
  }

  /** A stride with more zeros on one side than on the other. */
  private void stride() {
    if (Math.min(height, width) < 5) {
      return;
    }
    x = node("Conv", x, graph.weights(channels, channels, 3, 3));
    graph.with(ints("pads", 0, 1, 1, 1), ints("strides", 2, 2));
    x = node("LeakyRelu", x);
    height = (height - 2) / 2 + 1;
    width = (width - 1) / 2 + 1;
  }

  private void depthwise() {
    x = node("Conv", x, graph.weights(channels, 1, 3, 3), graph.weights(channels));
    graph.with(ints("pads", 2, 2, 2, 2), ints("dilations", 2, 2), integer("group", channels));
    x = node("HardSwish", x);
  }

  /** More rows and columns, in each way of interpolation. */
  private void resize() {
    String mode = height % 2 == 0 ? "cubic" : "linear";
    String at = width % 2 == 0 ? "half_pixel" : "align_corners";
    height = 3 * height / 2;
    width += 3;
    x = node("Resize", x, "", "", graph.integers(Math.max(1, batch), channels, height, width));
    graph.with(text("mode", mode), text("coordinate_transformation_mode", at));
  }

  private void normed() {
    String mean = graph.weights(channels);
    String variance = node("Exp", graph.weights(channels));
    x = node("BatchNormalization", x, graph.weights(channels), mean, mean, variance);
    graph.with(number("epsilon", 1e-3f));
    x = node("Clip", x, graph.floats(new long[0], 0), graph.floats(new long[0], 6));
  }

  private void pool() {
    if (Math.min(height, width) < 4) {
      return;
    }
    x = node(random.nextBoolean() ? "MaxPool" : "AveragePool", x);
    graph.with(ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    height /= 2;
    width /= 2;
  }

  /** Squeeze and excitation by linear layers. */
  private void squeeze() {
    String few = node("Relu", linear(pooled(x), channels, 2));
    String share = node("Sigmoid", linear(few, 2, channels));
    x = node("Mul", x, node("Reshape", share, graph.integers(batch, channels, 1, 1)));
  }

  private void residual() {
    x = node("Add", node("Relu", convolution(x, channels)), x);
  }

  private void concat() {
    String other = node("Tanh", convolution(x, channels));
    x = node("Concat", x, other, node("Neg", x));
    graph.with(integer("axis", 1));
    channels *= 3;
  }

  /** A map that linear layers of the whole map before it give. */
  private void mapOfLinear() {
    int size = channels * height * width;
    channels = 2;
    height = 5;
    width = 4;
    String values = node("Relu", linear(node("Flatten", x), size, channels * height * width));
    x = node("Reshape", values, graph.integers(batch, channels, height, width));
    convolve();
  }

  private void hidden() {
    int size = channels * height * width;
    x = linear(node("Relu", linear(node("Flatten", x), size, 6)), 6, classes);
  }

  /** Two branches that are added at the logits, one of which is deeper. */
  private void branches() {
    String start = x;
    String short1 = node("Relu", linear(pooled(start), channels, 4));
    int before = channels;
    convolve();
    convolve();
    String deep = linear(pooled(x), channels, classes);
    String near = linear(short1, 4, classes);
    x = node("Add", near, node("Add", deep, linear(pooled(start), before, classes)));
  }

  private String pooled(String in) {
    return node("Flatten", node("GlobalAveragePool", in));
  }

  private String linear(String in, int from, int to) {
    if (random.nextInt(3) == 0) {
      return node("Add", node("MatMul", in, graph.weights(from, to)), graph.weights(to));
    }
    return node("Gemm", in, graph.weights(from, to), graph.weights(to));
  }
}
