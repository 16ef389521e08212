package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.GraphNode;

/**
 * Norms of known tensors: standardised weights (Qiao et al. 2019, arXiv 1903.10520) are written as
 * a batch norm, or an instance norm, of the weights of a convolution.
 */
final class FoldedNorms {
  private final Constant x;
  private final int channels;
  private final int inner;
  private final boolean batch;

  /**
   * @param batch whether statistics are of a channel of all pictures, not of each
   */
  private FoldedNorms(Constant x, boolean batch) {
    int[] shape = x.shape();
    if (shape.length < 2) {
      throw new IllegalArgumentException("a norm of a tensor of shape " + Arrays.toString(shape));
    }
    this.x = x;
    this.channels = shape[1];
    this.inner = (int) Constant.size(Arrays.copyOfRange(shape, 2, shape.length));
    this.batch = batch;
  }

  /** The output; empty for other operators. */
  static Optional<Constant> of(GraphNode node, List<@Nullable Constant> inputs) {
    boolean batch = node.op().equals("BatchNormalization");
    if (!batch && !node.op().equals("InstanceNormalization")) {
      return Optional.empty();
    }
    FoldedNorms norms = new FoldedNorms(Folding.at(inputs, 0), batch);
    boolean known = batch && node.integer("training_mode", 0) == 0;
    double[] mean = known ? norms.given(Folding.at(inputs, 3)) : norms.means(norms.x::number);
    double[] variance =
        known ? norms.given(Folding.at(inputs, 4)) : norms.means(i -> norms.squared(i, mean));
    double epsilon = node.number("epsilon", 1e-5f);
    Arrays.setAll(variance, g -> variance[g] + epsilon);
    return Optional.of(norms.normed(mean, variance, Folding.at(inputs, 1), Folding.at(inputs, 2)));
  }

  private int channel(int i) {
    return i / inner % channels;
  }

  /** The elements that share a mean and a variance. */
  private int group(int i) {
    return batch ? channel(i) : i / inner;
  }

  private double[] means(IntToDoubleFunction value) {
    double[] means = new double[batch ? channels : x.size() / inner];
    for (int i = 0; i < x.size(); i++) {
      means[group(i)] += value.applyAsDouble(i);
    }
    double each = (double) x.size() / means.length;
    Arrays.setAll(means, g -> means[g] / each);
    return means;
  }

  private double squared(int i, double[] mean) {
    double d = x.number(i) - mean[group(i)];
    return d * d;
  }

  private double[] given(Constant statistics) {
    return IntStream.range(0, channels).mapToDouble(statistics::number).toArray();
  }

  private Constant normed(double[] mean, double[] variance, Constant scale, Constant shift) {
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      double centred = (x.number(i) - mean[group(i)]) / Math.sqrt(variance[group(i)]);
      values[i] = centred * scale.number(channel(i)) + shift.number(channel(i));
    }
    return FoldedMath.like(x, x.shape(), values);
  }
}
