package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pixels on which a unit of a feature map can depend, whatever the weights: a rectangle. Where
 * branches join, it is the bounding box of theirs. It may extend beyond the border of the image,
 * into the padding (Araujo, Norris and Sim, 2019, doi:10.23915/distill.00021).
 *
 * @param rows from top to bottom
 * @param columns from left to right
 */
public record ReceptiveField(Axis rows, Axis columns) {
  private static final Axis PIXEL = new Axis(1, 1, 0);

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
    /** The centre of the field of the unit at {@code position}. */
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

    private Axis joined(Axis other) {
      if (jump != other.jump) {
        throw new IllegalArgumentException(
            "branches that move by " + jump + " and by " + other.jump + " pixels do not join");
      }
      double low = Math.min(low(), other.low());
      double high = Math.max(low() + size, other.low() + other.size);
      return new Axis((int) Math.ceil(high - low), jump, (low + high - 1) / 2);
    }
  }

  /** The field of every node, in their order. */
  public static List<ReceptiveField> of(Network network) {
    List<ReceptiveField> fields = new ArrayList<>();
    for (Node node : network.nodes()) {
      fields.add(
          node.inputs().stream()
              .map(i -> fields.get(i).through(node.layer(), network.nodes().get(i).shape()))
              .reduce(ReceptiveField::joined)
              .orElse(new ReceptiveField(PIXEL, PIXEL)));
    }
    return List.copyOf(fields);
  }

  private ReceptiveField through(Layer layer, FeatureShape input) {
    if (layer instanceof Layer.AdaptiveAvgPool pool) {
      return pooled(input, pool.side());
    } else if (layer instanceof Layer.Flatten) {
      return pooled(input, 1);
    }
    Optional<Window> window = Window.of(layer);
    return window.map(this::through).orElse(this);
  }

  private ReceptiveField through(Window w) {
    return new ReceptiveField(
        rows.through(w.rows().extent(), w.rows().stride(), w.rows().before()),
        columns.through(w.columns().extent(), w.columns().stride(), w.columns().before()));
  }

  private ReceptiveField pooled(FeatureShape input, int side) {
    return new ReceptiveField(
        rows.pooled(input.height(), side), columns.pooled(input.width(), side));
  }

  private ReceptiveField joined(ReceptiveField other) {
    return new ReceptiveField(rows.joined(other.rows), columns.joined(other.columns));
  }
}
