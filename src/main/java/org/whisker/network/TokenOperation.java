package org.whisker.network;

import static org.whisker.network.Layer.Parameter.Role.NORM_BIAS;

import java.util.List;
import org.whisker.network.Network.FeatureShape;
import org.whisker.value.Checks;

/**
 * Operations that transformers need besides: maps are multiplied as matrices, joined and picked
 * from along any axis. A map of tokens has their features as channels and the tokens as positions;
 * matrices of attention have the heads (and windows) as channels, queries as rows and keys as
 * columns.
 */
public sealed interface TokenOperation extends Operation {
  /** Each position may depend on all: nothing less is promised. */
  @Override
  default Spread spread() {
    return Spread.WHOLE;
  }

  /** An axis of a map. */
  enum Axis {
    CHANNELS(1),
    ROWS(2),
    COLUMNS(3);

    private final int dimension;

    Axis(int dimension) {
      this.dimension = dimension;
    }

    /** Its number among the dimensions of a batch of maps. */
    public int dimension() {
      return dimension;
    }

    /** The size of the axis. */
    public int of(FeatureShape shape) {
      return switch (this) {
        case CHANNELS -> shape.channels();
        case ROWS -> shape.height();
        case COLUMNS -> shape.width();
      };
    }

    private FeatureShape with(FeatureShape shape, int size) {
      return switch (this) {
        case CHANNELS -> new FeatureShape(size, shape.height(), shape.width());
        case ROWS -> new FeatureShape(shape.channels(), size, shape.width());
        case COLUMNS -> new FeatureShape(shape.channels(), shape.height(), size);
      };
    }
  }

  /**
   * The products of two maps as matrices of rows and columns, one for each channel; a map of one
   * channel is multiplied with each of the other's.
   *
   * @param inner columns of the first and rows of the second
   * @param scale by which the products are multiplied
   */
  record Product(int inner, double scale) implements TokenOperation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape a = inputs.get(0);
      FeatureShape b = inputs.get(1);
      boolean channels = a.channels() == b.channels() || a.channels() == 1 || b.channels() == 1;
      if (!channels || a.width() != inner || b.height() != inner) {
        throw new IllegalArgumentException("cannot multiply " + a + " by " + b);
      }
      return new FeatureShape(Math.max(a.channels(), b.channels()), a.height(), b.width());
    }

    @Override
    public long multiplyAdds(FeatureShape output) {
      return output.size() * inner;
    }
  }

  /** A softmax over the columns of each row, as of the scores of attention. */
  record RowSoftmax() implements TokenOperation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return inputs.get(0);
    }
  }

  /** Maps one behind the other along rows or columns; along channels it is {@link Layer.Concat}. */
  record Join(Axis axis) implements TokenOperation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape first = inputs.get(0);
      for (FeatureShape each : inputs) {
        if (!axis.with(each, 1).equals(axis.with(first, 1))) {
          throw new IllegalArgumentException("cannot join " + first + " and " + each);
        }
      }
      return axis.with(first, inputs.stream().mapToInt(axis::of).reduce(0, Math::addExact));
    }
  }

  /** The channels, rows or columns of these indices, in their order; one may be picked often. */
  record Pick(Axis axis, List<Integer> indices) implements TokenOperation {
    public Pick {
      indices = List.copyOf(indices);
    }

    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      FeatureShape in = inputs.get(0);
      for (int i : indices) {
        Checks.refuse(i < 0 || i >= axis.of(in), "index %s of %s", i, axis.of(in));
      }
      return axis.with(in, indices.size());
    }
  }

  /**
   * A map that is the same for every picture, such as a class token. It reads a map of the picture
   * only to know how many pictures there are.
   */
  record Known(FeatureShape shape) implements TokenOperation {
    @Override
    public FeatureShape output(List<FeatureShape> inputs) {
      return shape;
    }

    @Override
    public List<Parameter> parameters(String name) {
      List<Integer> sizes = List.of(shape.channels(), shape.height(), shape.width());
      return List.of(new Parameter(name + ".value", NORM_BIAS, sizes));
    }
  }
}
