package org.whisker.network;

import static org.whisker.network.Layer.Parameter.Role.BIAS;
import static org.whisker.network.Layer.Parameter.Role.NORM_BIAS;
import static org.whisker.network.Layer.Parameter.Role.NORM_WEIGHT;
import static org.whisker.network.Layer.Parameter.Role.RUNNING_MEAN;
import static org.whisker.network.Layer.Parameter.Role.RUNNING_VAR;
import static org.whisker.network.Layer.Parameter.Role.WEIGHT;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** One operation of a network: a value that knows its output shape and its tensors. */
public sealed interface Layer
    permits Activation,
        Layer.AdaptiveAvgPool,
        Layer.AvgPool,
        Layer.BatchNorm,
        Layer.ClassLogit,
        Layer.Concat,
        Layer.Conv,
        Layer.Dropout,
        Layer.Flatten,
        Layer.Input,
        Layer.Linear,
        Layer.MaxPool,
        Layer.ScaledAdd,
        Operation {
  /** The output shape for these input shapes. */
  FeatureShape output(List<FeatureShape> inputs);

  /**
   * The tensors of the layer if it is called {@code name}, in the order in which they are written.
   */
  default List<Parameter> parameters(String name) {
    return List.of();
  }

  /** Multiply-adds for one image; 0 for layers that neither convolve nor multiply matrices. */
  default long multiplyAdds(FeatureShape output) {
    return 0;
  }

  /** The image itself; the first node of a network, and the only one without inputs. */
  record Input(FeatureShape shape) implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return shape;
    }
  }

  /**
   * A two-dimensional convolution; values beyond the border are given by the network's {@link
   * Window.Padding}.
   *
   * @param groups the number of groups of channels that are convolved apart from each other: the
   *     first outputs read the first inputs only, and so on; 1 if every output reads every input,
   *     {@code in} if depthwise
   */
  record Conv(int in, int out, Window window, int groups, boolean bias) implements Layer {
    public Conv {
      if (groups < 1 || in % groups != 0 || out % groups != 0) {
        throw new IllegalArgumentException(
            Text.of("%d and %d channels are not in %d groups", in, out, groups));
      }
    }

    /** A convolution in which every output channel reads every input channel. */
    public Conv(int in, int out, Window window, boolean bias) {
      this(in, out, window, 1, bias);
    }

    /** A convolution with a kernel of its own for each channel. */
    public static Conv depthwise(int channels, Window window, boolean bias) {
      return new Conv(channels, channels, window, channels, bias);
    }

    /** The number of input channels that each output reads. */
    int read() {
      return in / groups;
    }

    /** A copy with a bias. */
    public Conv withBias() {
      return new Conv(in, out, window, groups, true);
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return window.slide(inputs.get(0), out);
    }

    @Override
    public List<Parameter> parameters(String name) {
      List<Parameter> list = new ArrayList<>();
      List<Integer> shape = List.of(out, read(), window.rows().kernel(), window.columns().kernel());
      list.add(new Parameter(name + ".weight", WEIGHT, shape));
      if (bias) {
        list.add(new Parameter(name + ".bias", BIAS, List.of(out)));
      }
      return list;
    }

    @Override
    public long multiplyAdds(FeatureShape output) {
      return output.size() * read() * window.size();
    }
  }

  /** Batch norm over channels; evaluation uses the running statistics. */
  record BatchNorm(int channels, double eps) implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Parameter> parameters(String name) {
      List<Integer> shape = List.of(channels);
      return List.of(
          new Parameter(name + ".weight", NORM_WEIGHT, shape),
          new Parameter(name + ".bias", NORM_BIAS, shape),
          new Parameter(name + ".running_mean", RUNNING_MEAN, shape),
          new Parameter(name + ".running_var", RUNNING_VAR, shape));
    }
  }

  /** Maximum over a window; with zero padding, positions beyond the border do not count. */
  record MaxPool(Window window) implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return window.slide(inputs.get(0), inputs.get(0).channels());
    }
  }

  /** Mean over a window; zero padding does not count ({@code count_include_pad=False}). */
  record AvgPool(Window window) implements Layer {
    public AvgPool {
      if (window.rows().dilation() > 1 || window.columns().dilation() > 1) {
        throw new IllegalArgumentException("an average pooling has no dilation: " + window);
      }
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return window.slide(inputs.get(0), inputs.get(0).channels());
    }
  }

  /** Adaptive average pooling to a square of {@code side}; 1 is global average pooling. */
  record AdaptiveAvgPool(int side) implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return new FeatureShape(inputs.get(0).channels(), side, side);
    }
  }

  /** Flattens channels, rows and columns into one vector. */
  record Flatten() implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return FeatureShape.vector(Math.toIntExact(inputs.get(0).size()));
    }
  }

  /** A fully connected layer with a bias. */
  record Linear(int in, int out) implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return FeatureShape.vector(out);
    }

    @Override
    public List<Parameter> parameters(String name) {
      return List.of(
          new Parameter(name + ".weight", WEIGHT, List.of(out, in)),
          new Parameter(name + ".bias", BIAS, List.of(out)));
    }

    @Override
    public long multiplyAdds(FeatureShape output) {
      return (long) in * out;
    }
  }

  /**
   * Logits of several classes as the one logit against the target: {@code log((1 - p) / p)}, with p
   * the sum of the softmax probabilities of the classes that are cats, or their share of it and of
   * {@code against}.
   *
   * @param against the classes that cats are held against; empty for all others
   */
  record ClassLogit(int classes, List<Integer> cat, List<Integer> against) implements Layer {
    /** Holds the wanted classes against all others. */
    public ClassLogit(int classes, List<Integer> cat) {
      this(classes, cat, List.of());
    }

    public ClassLogit {
      cat = cat.stream().sorted().toList();
      against = against.stream().sorted().toList();
    }

    /** The classes that are held against cats, ascending. */
    public List<Integer> others() {
      return IntStream.range(0, classes)
          .filter(i -> against.isEmpty() ? !cat.contains(i) : against.contains(i))
          .boxed()
          .toList();
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      if (inputs.get(0).size() != classes) {
        throw new IllegalArgumentException(classes + " classes are not in " + inputs.get(0));
      }
      return FeatureShape.vector(1);
    }
  }

  /** Drops values with probability {@code p} in training; the identity in evaluation. */
  record Dropout(double p) implements Layer {
    public Dropout {
      Checks.require(p >= 0 && p < 1, "dropout must be at least 0 and below 1, was %s", p);
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }
  }

  /** Concatenates all inputs along the channels. */
  record Concat() implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      int channels = inputs.stream().mapToInt(FeatureShape::channels).sum();
      return new FeatureShape(channels, inputs.get(0).height(), inputs.get(0).width());
    }
  }

  /** A residual: {@code first + scale * second}. */
  record ScaledAdd(double scale) implements Layer {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      if (!inputs.get(0).equals(inputs.get(1))) {
        throw new IllegalArgumentException("cannot add " + inputs.get(1) + " to " + inputs.get(0));
      }
      return inputs.get(0);
    }
  }

  /**
   * One tensor of a network, as its weights file names it.
   *
   * @param name dotted, as in torchvision (VGG-16, MobileNet v2) and timm (Inception-ResNet v2):
   *     {@code features.0.weight}, {@code mixed_5b.branch1.0.bn.running_mean}
   * @param shape its dimensions; a convolution's weight is [out, in / groups, kernel height, kernel
   *     width], a linear layer's [out, in]
   */
  public record Parameter(String name, Role role, List<Integer> shape) {
    /** The role of a tensor in its layer; determines how it is initialised, decayed and trained. */
    public enum Role {
      WEIGHT,
      BIAS,
      NORM_WEIGHT,
      NORM_BIAS,
      /** Batch norm's running mean: not trained by gradient. */
      RUNNING_MEAN,
      /** Batch norm's running variance: not trained by gradient. */
      RUNNING_VAR;

      /** Whether it is trained by gradient descent. */
      public boolean trained() {
        return this != RUNNING_MEAN && this != RUNNING_VAR;
      }
    }

    public Parameter {
      shape = List.copyOf(shape);
      Checks.refuse(
          shape.stream().anyMatch(d -> d < 1), "%s has an empty dimension: %s", name, shape);
    }

    /** The number of its elements. */
    public long size() {
      return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
  }
}
