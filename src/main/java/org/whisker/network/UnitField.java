package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.PathCounts.KernelReads;

/**
 * The pixels on which a unit of a feature map can depend, whatever the weights: a rectangle. Where
 * branches join, it is the bounding box of theirs. It may extend beyond the border of the image,
 * into the padding (Araujo, Norris and Sim, 2019, doi:10.23915/distill.00021).
 *
 * @param rows from top to bottom
 * @param columns from left to right
 */
public record UnitField(Axis rows, Axis columns) {
  private static final Axis PIXEL = new Axis(1, 1, 0);

  /** Of two distances that are products of the same factors. */
  private static final double TOLERANCE = 1e-9;

  /**
   * One direction, in pixels of the image.
   *
   * @param size number of pixels that a unit sees; the largest where windows are uneven (adaptive
   *     pooling)
   * @param jump distance between the centres of neighbouring units' fields; the mean where uneven
   * @param first centre of the first unit's field; 0 is the middle of the first pixel, so a field
   *     of size 4 that starts at the border has its centre at 1.5
   */
  public record Axis(int size, double jump, double first) {
    public double centre(int position) {
      return first + position * jump;
    }

    private double low() {
      return first - (size - 1) / 2.0;
    }

    private Axis through(int kernel, double stride, int padding) {
      return new Axis(
          (int) Math.ceil(size + (kernel - 1) * jump),
          jump * stride,
          first + ((kernel - 1) / 2.0 - padding) * jump);
    }

    /**
     * Adaptive pooling of {@code inputs} to {@code outputs}; for 1, one field over the whole map.
     */
    private Axis pooled(int inputs, int outputs) {
      int widest = 0;
      for (int i = 0; i < outputs; i++) {
        widest =
            Math.max(
                widest,
                KernelReads.end(i, inputs, outputs) - KernelReads.start(i, inputs, outputs));
      }
      Axis wide = through(widest, (double) inputs / outputs, 0);
      double centre = first + (KernelReads.end(0, inputs, outputs) - 1) / 2.0 * jump;
      return new Axis(wide.size, wide.jump, centre);
    }

    private Axis moved(int by, int step) {
      return new Axis(size, jump * step, first + by * jump);
    }

    /**
     * The axis after a layer each of whose {@code outputs} sees all that {@code inputs} units see.
     */
    private Axis whole(int inputs, int outputs) {
      double step = jump * inputs / outputs;
      Axis moved = new Axis(size, step, first + (step - jump) / 2);
      return moved.covering(pooled(inputs, 1), outputs);
    }

    /**
     * The axis after a layer each of whose {@code units} also sees what one unit of another map
     * sees.
     */
    private Axis covering(Axis other, int units) {
      double high = other.low() + other.size - 1;
      double half = (size - 1) / 2.0;
      for (int unit : new int[] {0, units - 1}) {
        half = Math.max(half, Math.max(centre(unit) - other.low(), high - centre(unit)));
      }
      return new Axis((int) Math.ceil(2 * half) + 1, jump, first);
    }

    /** A branch that sees all of the picture anyway moves as the other does. */
    private Axis joined(Axis other, int canvas) {
      if (Math.abs(jump - other.jump) > TOLERANCE * jump) {
        if (Math.max(size, other.size) >= canvas) {
          return size >= other.size ? this : other;
        }
        throw new IllegalArgumentException(
            "branches that move by " + jump + " and by " + other.jump + " pixels do not join");
      }
      double low = Math.min(low(), other.low());
      double high = Math.max(low() + size, other.low() + other.size);
      return new Axis((int) Math.ceil(high - low), jump, (low + high - 1) / 2);
    }
  }

  /** The field of every node, in their order. */
  public static List<UnitField> of(Network network) {
    List<UnitField> fields = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (node.layer() instanceof TokenOperation) {
        fields.add(all(network.input(), node.shape()));
        continue;
      }
      List<UnitField> inputs =
          node.inputs().stream()
              .map(i -> fields.get(i).through(node, network.nodes().get(i).shape()))
              .toList();
      fields.add(
          switch (inputs.size()) {
            case 0 -> new UnitField(PIXEL, PIXEL);
            case 1 -> inputs.get(0);
            default -> joined(inputs, shapes(network, node), node.shape(), network.input());
          });
    }
    return List.copyOf(fields);
  }

  /** Every unit sees the whole picture. */
  private static UnitField all(FeatureShape picture, FeatureShape units) {
    return new UnitField(
        PIXEL.whole(picture.height(), units.height()), PIXEL.whole(picture.width(), units.width()));
  }

  private static List<FeatureShape> shapes(Network network, Node node) {
    return node.inputs().stream().map(i -> network.nodes().get(i).shape()).toList();
  }

  /** An input of one position belongs to all: each of them then sees what it sees. */
  private static UnitField joined(
      List<UnitField> inputs, List<FeatureShape> shapes, FeatureShape output, FeatureShape canvas) {
    List<Axis> rows = inputs.stream().map(UnitField::rows).toList();
    List<Axis> columns = inputs.stream().map(UnitField::columns).toList();
    List<Integer> heights = shapes.stream().map(FeatureShape::height).toList();
    List<Integer> widths = shapes.stream().map(FeatureShape::width).toList();
    return new UnitField(
        joined(rows, heights, output.height(), canvas.height()),
        joined(columns, widths, output.width(), canvas.width()));
  }

  private static Axis joined(List<Axis> inputs, List<Integer> sizes, int output, int canvas) {
    Axis joined =
        IntStream.range(0, sizes.size())
            .filter(i -> sizes.get(i) > 1 || output == 1)
            .mapToObj(inputs::get)
            // a single unit does not move
            .map(a -> output == 1 ? new Axis(a.size, inputs.get(0).jump, a.first) : a)
            .reduce((a, b) -> a.joined(b, canvas))
            .orElse(inputs.get(0));
    for (int i = 0; i < sizes.size(); i++) {
      boolean repeated = sizes.get(i) == 1 && output > 1;
      joined = repeated ? joined.covering(inputs.get(i), output) : joined;
    }
    return joined;
  }

  private UnitField through(Node node, FeatureShape input) {
    Layer layer = node.layer();
    if (layer instanceof Operation operation) {
      return through(operation, input, node.shape());
    }
    if (layer instanceof Layer.AdaptiveAvgPool pool) {
      return pooled(input, pool.side());
    } else if (layer instanceof Layer.Flatten) {
      return pooled(input, 1);
    }
    Optional<Window> window = Window.of(layer);
    return window.map(this::through).orElse(this);
  }

  private UnitField through(Operation operation, FeatureShape in, FeatureShape out) {
    if (operation instanceof Operation.Cut cut) {
      return new UnitField(
          rows.moved(cut.rows().from(), cut.rows().step()),
          columns.moved(cut.columns().from(), cut.columns().step()));
    } else if (operation instanceof Operation.Pad pad) {
      return new UnitField(
          rows.moved(-pad.rows().before(), 1), columns.moved(-pad.columns().before(), 1));
    } else if (operation.spread() == Operation.Spread.WHOLE) {
      return new UnitField(
          rows.whole(in.height(), out.height()), columns.whole(in.width(), out.width()));
    }
    return this;
  }

  private UnitField through(Window w) {
    return new UnitField(
        rows.through(w.rows().extent(), w.rows().stride(), w.rows().before()),
        columns.through(w.columns().extent(), w.columns().stride(), w.columns().before()));
  }

  private UnitField pooled(FeatureShape input, int side) {
    return new UnitField(rows.pooled(input.height(), side), columns.pooled(input.width(), side));
  }
}
