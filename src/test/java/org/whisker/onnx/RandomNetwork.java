package org.whisker.onnx;

import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;

import java.nio.file.Path;
import java.util.Random;
import org.whisker.network.Network.FeatureShape;

/**
 * A network under construction, with linear layers anywhere, with branches and with several readers
 * of one map.
 */
final class RandomNetwork {
  private final Random random;
  private final OnnxBuilder graph;
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
    graph = new OnnxBuilder(18, 1, channels, height, width);
    convolve();
    int steps = 1 + random.nextInt(4);
    for (int i = 0; i < steps; i++) {
      block();
    }
  }

  Path write(Path file) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> hidden();
      case 1 -> {
        mapOfLinear();
        hidden();
      }
      case 2 -> branches();
      default -> x = linear(pooled(x), channels, classes);
    }
    return graph.node("Identity", "z", x).write(file, "z");
  }

  private void block() {
    switch (random.nextInt(6)) {
      case 0 -> convolve();
      case 1 -> pool();
      case 2 -> squeeze();
      case 3 -> residual();
      case 4 -> concat();
      default -> mapOfLinear();
    }
  }

  private String node(String op, String... inputs) {
    String name = "v" + names++;
    graph.node(op, name, inputs);
    return name;
  }

  private String convolution(String in, int out) {
    String made = node("Conv", in, graph.weights(out, channels, 3, 3), graph.weights(out));
    graph.with(ints("pads", 1, 1, 1, 1));
    return made;
  }

  private void convolve() {
    int out = 2 + random.nextInt(4);
    x = node(random.nextBoolean() ? "Relu" : "Sigmoid", convolution(x, out));
    channels = out;
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
    x = node("Mul", x, node("Reshape", share, graph.integers(1, channels, 1, 1)));
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
    x = node("Reshape", values, graph.integers(1, channels, height, width));
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
    return node("Gemm", in, graph.weights(from, to), graph.weights(to));
  }
}
