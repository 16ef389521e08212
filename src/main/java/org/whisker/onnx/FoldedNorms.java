package org.whisker.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.GraphNode;

/**
 * Norms of known tensors: standardised weights (Qiao et al. 2019, arXiv 1903.10520) are written as
 * a batch norm, or an instance norm, of the weights of a convolution.
 */
final class FoldedNorms {
  private final Constant x;
  private final double epsilon;
  private final int channels;
  private final int inner;

  private FoldedNorms(Constant x, double epsilon) {
    int[] shape = x.shape();
    if (shape.length < 2) {
      throw new IllegalArgumentException("a norm of a tensor of shape " + Arrays.toString(shape));
    }
    this.x = x;
    this.epsilon = epsilon;
    this.channels = shape[1];
    this.inner = (int) Constant.size(Arrays.copyOfRange(shape, 2, shape.length));
  }

  /** The output; empty for other operators. */
  static Optional<Constant> of(GraphNode node, List<@Nullable Constant> inputs) {
    boolean batch = node.op().equals("BatchNormalization");
    if (!batch && !node.op().equals("InstanceNormalization")) {
      return Optional.empty();
    }
    FoldedNorms norms = new FoldedNorms(at(inputs, 0), node.number("epsilon", 1e-5f));
    boolean own = !batch || node.integer("training_mode", 0) == 1;
    double[] mean = own ? norms.mean(batch) : norms.spread(at(inputs, 3));
    double[] variance = own ? norms.variance(batch, mean) : norms.spread(at(inputs, 4));
    return Optional.of(norms.normed(mean, variance, at(inputs, 1), at(inputs, 2)));
  }

  private static Constant at(List<@Nullable Constant> inputs, int i) {
    Constant found = i < inputs.size() ? inputs.get(i) : null;
    if (found == null) {
      throw new IllegalArgumentException("input " + i + " is missing");
    }
    return found;
  }

  /** The row of the statistics of an element: one for each channel of each picture. */
  private int row(int i) {
    return i / inner;
  }

  /** The statistics by row, those of a channel together if they are of the batch. */
  private double[] pooled(boolean batch, double[] sums) {
    double[] pooled = sums.clone();
    int pictures = sums.length / channels;
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int n = 0; n < pictures; n++) {
        sum += sums[n * channels + i % channels];
      }
      pooled[i] = batch ? sum / ((double) pictures * inner) : sums[i] / inner;
    }
    return pooled;
  }

  private double[] mean(boolean batch) {
    double[] sums = new double[x.size() / inner];
    for (int i = 0; i < x.size(); i++) {
      sums[row(i)] += x.number(i);
    }
    return pooled(batch, sums);
  }

  private double[] variance(boolean batch, double[] mean) {
    double[] sums = new double[mean.length];
    for (int i = 0; i < x.size(); i++) {
      double d = x.number(i) - mean[row(i)];
      sums[row(i)] += d * d;
    }
    return pooled(batch, sums);
  }

  private double[] spread(Constant given) {
    double[] rows = new double[x.size() / inner];
    Arrays.setAll(rows, i -> given.number(i % channels));
    return rows;
  }

  private Constant normed(double[] mean, double[] variance, Constant scale, Constant shift) {
    double[] values = new double[x.size()];
    for (int i = 0; i < values.length; i++) {
      int row = row(i);
      double centred = (x.number(i) - mean[row]) / Math.sqrt(variance[row] + epsilon);
      values[i] = centred * scale.number(row % channels) + shift.number(row % channels);
    }
    return FoldedMath.like(x, x.shape(), values);
  }
}
