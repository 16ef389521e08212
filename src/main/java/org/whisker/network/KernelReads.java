package org.whisker.network;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.whisker.network.Window.Padding;

/** Which places of its input a layer reads for each place of its output, along one axis. */
final class KernelReads {
  private static final int NOTHING = -1;

  private final int inputs;
  private final int[][] sources;

  private KernelReads(int inputs, int[][] sources) {
    this.inputs = inputs;
    this.sources = sources;
  }

  /** A sliding kernel; {@code padding} determines what it reads beyond the border. */
  static KernelReads sliding(int inputs, int outputs, Window.Axis axis, Padding padding) {
    int[][] sources = new int[outputs][];
    for (int o = 0; o < outputs; o++) {
      int start = o * axis.stride() - axis.before();
      sources[o] =
          IntStream.range(0, axis.kernel())
              .map(k -> source(start + k * axis.dilation(), inputs, padding))
              .filter(at -> at != NOTHING)
              .toArray();
    }
    return new KernelReads(inputs, sources);
  }

  /** Every output reads every input. */
  static KernelReads all(int inputs, int outputs) {
    int[][] sources = new int[outputs][];
    Arrays.setAll(sources, o -> IntStream.range(0, inputs).toArray());
    return new KernelReads(inputs, sources);
  }

  /** Adaptive pooling: windows of nearly equal size that cover the input. */
  static KernelReads adaptive(int inputs, int outputs) {
    int[][] sources = new int[outputs][];
    for (int o = 0; o < outputs; o++) {
      sources[o] = IntStream.range(start(o, inputs, outputs), end(o, inputs, outputs)).toArray();
    }
    return new KernelReads(inputs, sources);
  }

  /** The first input that PyTorch's adaptive pooling reads for an output. */
  static int start(int output, int inputs, int outputs) {
    return output * inputs / outputs;
  }

  /** One past the last input that it reads. */
  static int end(int output, int inputs, int outputs) {
    return ((output + 1) * inputs + outputs - 1) / outputs;
  }

  /** The position whose value is read at {@code at}, which may lie beyond the border. */
  private static int source(int at, int size, Padding padding) {
    if (at >= 0 && at < size) {
      return at;
    }
    return switch (padding) {
      case ZERO -> NOTHING;
      case REPLICATE -> Math.min(size - 1, Math.max(0, at));
      case CIRCULAR -> Math.floorMod(at, size);
      case REFLECT -> reflected(at, size);
    };
  }

  private static int reflected(int at, int size) {
    int mirrored = at < 0 ? -at : 2 * (size - 1) - at;
    if (mirrored < 0 || mirrored >= size) {
      throw new IllegalArgumentException(
          "a map of " + size + " is too small to reflect; take a larger input");
    }
    return mirrored;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return sources.length;
  }

  /**
   * The transposed sum along lines: the value of an output is added to every input that it reads.
   *
   * @param from lines × outputs
   * @return lines × inputs
   */
  double[] back(double[] from, int lines) {
    double[] to = new double[lines * inputs];
    for (int line = 0; line < lines; line++) {
      for (int o = 0; o < sources.length; o++) {
        double value = from[line * sources.length + o];
        for (int source : sources[o]) {
          to[line * inputs + source] += value;
        }
      }
    }
    return to;
  }
}
