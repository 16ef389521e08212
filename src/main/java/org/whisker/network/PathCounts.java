package org.whisker.network;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window.Padding;
import org.whisker.value.Checks;

/**
 * The number of paths from each pixel to a layer, over all positions of the layer: how often a
 * network reads that pixel, independent of its weights (the foveation of Alsallakh et al., 2020,
 * arXiv:2010.02178).
 *
 * <p>A path takes one position of every kernel window that it passes (of a convolution or a
 * pooling) and one branch where the graph forks: the count of a residual sum is that of its
 * identity plus that of its branch, the count of a concatenation the sum over its branches.
 * Channels do not multiply paths, and the scale of a residual does not weight them. A kernel
 * position on padding leads nowhere with zero padding; with the other paddings it leads to the
 * pixel of which the padding is a copy. A linear layer and {@code Flatten} read every position
 * once.
 *
 * <p>Counts are summed in double, never subtracted, so that they are exact up to rounding.
 */
public final class PathCounts {
  // Deep networks have more paths than a double can count; the excess power of two is kept
  // separately.
  private static final int STEP = 512;
  private static final double LARGE = 0x1p512;

  private final int width;
  private final int height;
  private final double[] relative;
  private final double log10MeanPaths;

  private PathCounts(FeatureShape image, double[] counts, int exponent) {
    width = image.width();
    height = image.height();
    double mean = Arrays.stream(counts).sum() / counts.length;
    Checks.require(mean > 0, "no path leads from the image to the layer");
    relative = Arrays.stream(counts).map(count -> count / mean).toArray();
    log10MeanPaths = Math.log10(mean) + exponent * Math.log10(2);
  }

  /**
   * The paths to a layer, under the network's own padding.
   *
   * @param layer its position; see {@link Network#position} and {@link Network#lastFeatureMap}
   * @throws IllegalArgumentException where there is a {@link #refusal}
   */
  public static PathCounts of(Network network, int layer) {
    refusal(network, layer)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    double[][] counts = new double[network.nodes().size()][0];
    FeatureShape shape = network.nodes().get(layer).shape();
    counts[layer] = new double[shape.height() * shape.width()];
    Arrays.fill(counts[layer], 1);
    int exponent = 0;
    for (int i = layer; i > 0; i--) {
      if (counts[i].length > 0) {
        back(network, i, counts);
        counts[i] = new double[0];
        exponent += rescale(counts, i);
      }
    }
    return new PathCounts(network.input(), counts[0], exponent);
  }

  /** The reason why paths to a layer can't be counted; empty where they can. */
  public static Optional<String> refusal(Network network, int layer) {
    return network.nodes().subList(0, layer + 1).stream()
        .filter(node -> node.layer() instanceof TokenOperation.Product)
        .findFirst()
        .map(
            node ->
                "paths can't be counted through attention: layer %s weighs values by values"
                    .formatted(node.name()));
  }

  private static void back(Network network, int position, double[][] counts) {
    Node node = network.nodes().get(position);
    if (node.layer() instanceof TokenOperation.Known) {
      return; // no path of the picture
    }
    for (int input : node.inputs()) {
      FeatureShape from = network.nodes().get(input).shape();
      double[] more = back(node, from, network.padding(), counts[position]);
      counts[input] = counts[input].length == 0 ? more : sum(counts[input], more);
    }
  }

  private static double[] back(Node node, FeatureShape from, Padding padding, double[] counts) {
    Layer layer = node.layer();
    if (layer instanceof Operation operation) {
      return back(operation, node.shape(), from, padding, counts);
    }
    int rows = node.shape().height();
    int columns = node.shape().width();
    if (layer instanceof Layer.AdaptiveAvgPool || layer instanceof Layer.Flatten) {
      return back(
          KernelReads.adaptive(from.height(), rows),
          KernelReads.adaptive(from.width(), columns),
          counts);
    }
    Optional<Window> window = Window.of(layer);
    if (window.isEmpty()) {
      return counts.clone();
    }
    Window w = window.get();
    return back(
        KernelReads.sliding(from.height(), rows, w.rows(), padding),
        KernelReads.sliding(from.width(), columns, w.columns(), padding),
        counts);
  }

  private static double[] back(
      Operation operation, FeatureShape to, FeatureShape from, Padding padding, double[] counts) {
    return back(rows(operation, from, to, padding), columns(operation, from, to, padding), counts);
  }

  /**
   * Windows and paddings are the same along every line, so the axes are processed one after the
   * other.
   */
  private static double[] back(KernelReads rows, KernelReads columns, double[] counts) {
    double[] across = columns.back(counts, rows.outputs());
    double[] turned = rows.back(turned(across, rows.outputs(), columns.inputs()), columns.inputs());
    return turned(turned, columns.inputs(), rows.inputs());
  }

  private static double[] turned(double[] values, int rows, int columns) {
    double[] turned = new double[values.length];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        turned[x * rows + y] = values[y * columns + x];
      }
    }
    return turned;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  /** Scales all counts down together when one has grown large; returns the power of two. */
  private static int rescale(double[][] counts, int before) {
    boolean large = false;
    for (int i = 0; i < before; i++) {
      for (double count : counts[i]) {
        large |= count > LARGE;
      }
    }
    for (int i = 0; large && i < before; i++) {
      counts[i] = Arrays.stream(counts[i]).map(c -> Math.scalb(c, -STEP)).toArray();
    }
    return large ? STEP : 0;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The paths from the pixel divided by the mean over all pixels: below 1, fewer than average. */
  public double at(int x, int y) {
    return relative[y * width + x];
  }

  /** The values of {@link #at}, row by row; their mean is 1. A copy. */
  public double[] relative() {
    return relative.clone();
  }

  /** The decimal logarithm of the mean number of paths from a pixel. */
  public double log10MeanPaths() {
    return log10MeanPaths;
  }

  /**
   * Which positions of its inputs an {@link Operation} reads. Statistics of norms are no paths;
   * where values are moved between positions, or resized, every output counts as reading every
   * position.
   */
  private static KernelReads rows(
      Operation operation, FeatureShape from, FeatureShape to, Padding padding) {
    if (operation instanceof Operation.Cut cut) {
      return cut(cut.rows(), from.height());
    } else if (operation instanceof Operation.Pad pad) {
      return padded(pad, pad.rows(), from.height(), to.height(), padding);
    }
    return along(operation, from.height(), to.height());
  }

  private static KernelReads columns(
      Operation operation, FeatureShape from, FeatureShape to, Padding padding) {
    if (operation instanceof Operation.Cut cut) {
      return cut(cut.columns(), from.width());
    } else if (operation instanceof Operation.Pad pad) {
      return padded(pad, pad.columns(), from.width(), to.width(), padding);
    }
    return along(operation, from.width(), to.width());
  }

  private static KernelReads cut(Operation.Range range, int inputs) {
    Window.Axis axis = new Window.Axis(1, range.step(), 1, -range.from(), 0);
    return KernelReads.sliding(inputs, range.count(), axis, Padding.ZERO);
  }

  private static KernelReads padded(
      Operation.Pad pad, Operation.Pad.Sides sides, int inputs, int outputs, Padding own) {
    Window.Axis axis = new Window.Axis(1, 1, 1, sides.before(), sides.after());
    return KernelReads.sliding(inputs, outputs, axis, pad.mode().in(own));
  }

  private static KernelReads along(Operation operation, int inputs, int outputs) {
    boolean point =
        operation.spread() == Operation.Spread.POINT || operation instanceof Operation.GroupNorm;
    if (!point) {
      return KernelReads.all(inputs, outputs);
    }
    return inputs == outputs
        ? KernelReads.sliding(inputs, outputs, new Window.Axis(1, 1, 0), Padding.ZERO)
        : KernelReads.all(inputs, outputs);
  }

  /** Which places of its input a layer reads for each place of its output, along one axis. */
  static final class KernelReads {
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
}
