package org.whisker.network;

import static org.whisker.network.Layer.Parameter.Role.NORM_BIAS;
import static org.whisker.network.Layer.Parameter.Role.NORM_WEIGHT;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window.Padding;
import org.whisker.value.Checks;

/**
 * Operations that imported networks need besides the layers of the published architectures: joining
 * two maps value by value, cutting, padding and rearranging them, and norms over channels.
 */
public sealed interface Operation extends Layer
    permits Operation.ChannelNorm,
        Operation.Combine,
        Operation.Cut,
        Operation.GroupNorm,
        Operation.Pad,
        Operation.Prelu,
        Operation.Rearrange,
        Operation.Reduce,
        Operation.Resize,
        Operation.ResponseNorm,
        Operation.Shift,
        Operation.Softmax,
        TokenOperation {
  /** Which positions of its inputs a position of the output depends on. */
  default Spread spread() {
    return Spread.POINT;
  }

  /** How far an operation reads. */
  enum Spread {
    /** The same position of every input; an input of a single position belongs to all of them. */
    POINT,
    /** Every position of its inputs. */
    WHOLE,
    /** Positions moved or strided along rows and columns; see {@code Cut}. */
    MOVED
  }

  /**
   * Two maps combined value by value; where one of them has a single channel, row or column, it is
   * repeated (squeeze-and-excitation multiplies a map by one value a channel, Hu et al., arXiv
   * 1709.01507).
   */
  record Combine(Kind kind) implements Operation {
    /** An operation on two values. */
    public enum Kind {
      ADD,
      SUB,
      MUL,
      DIV,
      MAX,
      MIN
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape a = inputs.get(0);
      FeatureShape b = inputs.get(1);
      return new FeatureShape(
          joined(a.channels(), b.channels(), inputs),
          joined(a.height(), b.height(), inputs),
          joined(a.width(), b.width(), inputs));
    }

    private static int joined(int a, int b, List<FeatureShape> inputs) {
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException(
            "cannot combine " + inputs.get(0) + " and " + inputs.get(1));
      }
      return Math.max(a, b);
    }
  }

  /**
   * Every {@code step}-th index from {@code from} (included) to {@code to} (excluded).
   *
   * @param step at least 1
   */
  record Range(int from, int to, int step) {
    public Range {
      Checks.refuse(
          from < 0 || to <= from || step < 1, "impossible range: %s to %s by %s", from, to, step);
    }

    /** The range of all {@code size} values of an axis. */
    public static Range all(int size) {
      return new Range(0, size, 1);
    }

    /** The number of indices. */
    public int count() {
      return (to - from + step - 1) / step;
    }

    private int within(int size) {
      Checks.refuse(to > size, "a range to %s leaves %s", to, size);
      return count();
    }
  }

  /** A part of the channels, rows and columns. */
  record Cut(Range channels, Range rows, Range columns) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape in = inputs.get(0);
      return new FeatureShape(
          channels.within(in.channels()), rows.within(in.height()), columns.within(in.width()));
    }

    @Override
    public Spread spread() {
      return Spread.MOVED;
    }
  }

  /**
   * Values added around a map.
   *
   * @param channels added before the first and after the last
   * @param rows added above and below
   * @param columns added left and right
   * @param mode what rows and columns are; channels are 0
   */
  record Pad(Sides channels, Sides rows, Sides columns, Mode mode) implements Operation {
    public enum Mode {
      /** Pads as the network's own padding says. */
      OWN,
      REFLECT,
      REPLICATE,
      CIRCULAR;

      /** The padding that values beyond the border have in a network of padding {@code own}. */
      public Padding in(Padding own) {
        return this == OWN ? own : Padding.valueOf(name());
      }
    }

    /** Numbers of values before and after. */
    public record Sides(int before, int after) {
      public static final Sides NONE = new Sides(0, 0);

      public Sides {
        Checks.refuse(before < 0 || after < 0, "negative padding: %s, %s", before, after);
      }

      int sum() {
        return Math.addExact(before, after);
      }

      int most() {
        return Math.max(before, after);
      }

      Sides less(Sides other) {
        return new Sides(before - other.before, after - other.after);
      }
    }

    /**
     * Returns the shape of the padded map.
     *
     * @throws IllegalArgumentException for a map that is too small to be reflected or wrapped
     */
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape in = inputs.get(0);
      Padding known = mode.in(Padding.ZERO);
      Checks.refuse(
          !known.fits(rows.most(), in.height()) || !known.fits(columns.most(), in.width()),
          "a map of %s is too small for %s padding by %d rows and %d columns",
          in,
          known.label(),
          rows.most(),
          columns.most());
      return new FeatureShape(
          Math.addExact(in.channels(), channels.sum()),
          Math.addExact(in.height(), rows.sum()),
          Math.addExact(in.width(), columns.sum()));
    }

    @Override
    public Spread spread() {
      return Spread.MOVED;
    }
  }

  /**
   * Puts the same values into another order: channels, rows and columns are split into {@code
   * split}, these are put into {@code order}, and the result is read as {@code shape}. ShuffleNet's
   * channel shuffle (Zhang et al., arXiv 1707.01083) splits channels into two and exchanges them.
   */
  record Rearrange(List<Integer> split, List<Integer> order, FeatureShape shape)
      implements Operation {
    public Rearrange {
      split = List.copyOf(split);
      order = List.copyOf(order);
      if (!order.stream().sorted().toList().equals(indices(split.size()))) {
        throw new IllegalArgumentException(order + " is no order of " + split);
      }
    }

    private static List<Integer> indices(int n) {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        all.add(i);
      }
      return all;
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      long size = split.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      if (size != inputs.get(0).size() || size != shape.size()) {
        throw new IllegalArgumentException(
            "cannot rearrange " + inputs.get(0) + " by " + split + " as " + shape);
      }
      return shape;
    }

    /**
     * Returns {@link Spread#POINT} where only channels change places: rows and columns stay the
     * last two.
     */
    @Override
    public Spread spread() {
      int n = split.size();
      boolean stay =
          n >= 3
              && order.subList(n - 2, n).equals(List.of(n - 2, n - 1))
              && split.get(n - 2) == shape.height()
              && split.get(n - 1) == shape.width();
      return stay ? Spread.POINT : Spread.WHOLE;
    }
  }

  /**
   * Reduces many values to one.
   *
   * @param over what becomes one
   */
  record Reduce(How how, Over over) implements Operation {
    /** How the values are reduced to one. */
    public enum How {
      MEAN,
      MAX,
      MIN,
      SUM,
      /** The logarithm of the sum of their exponentials. */
      LOG_SUM_EXP
    }

    /** The axes over which the values are reduced. */
    public enum Over {
      /** The channels at each position. */
      CHANNELS,
      /** The positions of each channel. */
      POSITIONS
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape in = inputs.get(0);
      return over == Over.CHANNELS
          ? new FeatureShape(1, in.height(), in.width())
          : FeatureShape.vector(in.channels());
    }

    @Override
    public Spread spread() {
      return over == Over.CHANNELS ? Spread.POINT : Spread.WHOLE;
    }
  }

  /**
   * Local response normalisation over {@code size} neighbouring channels (Krizhevsky et al., 2012),
   * as in ONNX: x / (bias + alpha / size · Σ x²)^beta.
   */
  record ResponseNorm(int size, double alpha, double beta, double bias) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }
  }

  /** x, or slope · x below 0, with a slope for each channel (He et al., arXiv 1502.01852). */
  record Prelu(int channels) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Parameter> parameters(String name) {
      return List.of(new Parameter(name + ".weight", NORM_WEIGHT, List.of(channels)));
    }
  }

  /** A known value added at each position of each channel, such as minus the mean image. */
  record Shift(FeatureShape shape) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      if (!inputs.get(0).equals(shape)) {
        throw new IllegalArgumentException(
            "a shift of " + shape + " for a map of " + inputs.get(0));
      }
      return shape;
    }

    @Override
    public List<Parameter> parameters(String name) {
      List<Integer> sizes = List.of(shape.channels(), shape.height(), shape.width());
      return List.of(new Parameter(name + ".bias", NORM_BIAS, sizes));
    }
  }

  /**
   * Layer norm over the channels at each position (Ba et al., arXiv 1607.06450), as in ConvNeXt.
   */
  record ChannelNorm(int channels, double eps) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Parameter> parameters(String name) {
      return normParameters(name, channels);
    }
  }

  /**
   * Norm over the positions and channels of each group (Wu and He, arXiv 1803.08494); with as many
   * groups as channels it is instance norm.
   */
  record GroupNorm(int groups, int channels, double eps) implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Parameter> parameters(String name) {
      return normParameters(name, channels);
    }

    @Override
    public Spread spread() {
      return Spread.WHOLE;
    }
  }

  /** A softmax over the channels at each position. */
  record Softmax() implements Operation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }
  }

  /**
   * A map at another size, as PyTorch's {@code interpolate}.
   *
   * @param by how values between positions are made
   * @param corners whether the first and last positions are kept and all others lie evenly between
   *     them; otherwise pixels are areas, all of one size
   */
  record Resize(int height, int width, Interpolation by, boolean corners) implements Operation {
    /** By which values of its input a value is made, along each axis. */
    public enum Interpolation {
      NEAREST,
      LINEAR,
      /** Four values, by the cubic convolution of Keys (1981) with a = -0.75. */
      CUBIC;

      /** How many values it takes on each side of a position between two. */
      private int side() {
        return switch (this) {
          case NEAREST -> 0;
          case LINEAR -> 1;
          case CUBIC -> 2;
        };
      }
    }

    public Resize {
      Checks.require(
          !corners || by != Interpolation.NEAREST,
          "repeated values are not between corners (%s)",
          by);
    }

    /** Pixels are areas. */
    public Resize(int height, int width, Interpolation by) {
      this(height, width, by, false);
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return new FeatureShape(inputs.get(0).channels(), height, width);
    }

    /**
     * The positions along an axis that a position of the result reads; those beyond the border are
     * read at the border.
     *
     * @param from positions of the axis before, {@code to} after it
     */
    public IntStream read(int i, int from, int to) {
      double at = at(i, from, to);
      int first = (int) Math.floor(at);
      int side = at == first ? 0 : by.side();
      return (side == 0
              ? IntStream.of(first)
              : IntStream.rangeClosed(first - side + 1, first + side))
          .map(each -> Math.max(0, Math.min(from - 1, each)));
    }

    private double at(int i, int from, int to) {
      if (corners) {
        return to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
      }
      return by == Interpolation.NEAREST ? (double) i * from / to : (i + 0.5) * from / to - 0.5;
    }

    /**
     * Whether each step along an axis is as far from the next, and none is read at the border
     * instead of beyond it.
     */
    boolean isWhole(int from, int to) {
      if (from == 1 || from == to) {
        return true;
      } else if (corners) {
        return false;
      }
      boolean shrinks = from % to == 0 && !(by == Interpolation.CUBIC && from == 2 * to);
      return shrinks || (by == Interpolation.NEAREST && to % from == 0);
    }

    @Override
    public Spread spread() {
      return Spread.WHOLE;
    }
  }

  private static List<Parameter> normParameters(String name, int channels) {
    List<Integer> shape = List.of(channels);
    return List.of(
        new Parameter(name + ".weight", NORM_WEIGHT, shape),
        new Parameter(name + ".bias", NORM_BIAS, shape));
  }
}
