package org.whisker.network;

/**
 * How far a change spreads along one axis of a layer, after Krypton (Nakandala, Kumar and
 * Papakonstantinou, SIGMOD 2019). Coordinates may lie outside the map: those parts are cropped
 * later, so that sizes do not depend on the position and many changes can share a batch.
 *
 * @param kernel its extent along the axis, from the first value that it reads to the last
 * @param stride steps between two outputs
 * @param padding number of positions added before the first input
 */
public record Reach(int kernel, int stride, int padding) {
  /** Of a pointwise operation. */
  public static final Reach POINT = new Reach(1, 1, 0);

  static Reach rows(Window window) {
    return of(window.rows());
  }

  static Reach columns(Window window) {
    return of(window.columns());
  }

  private static Reach of(Window.Axis axis) {
    return new Reach(axis.extent(), axis.stride(), axis.before());
  }

  /** The first output that reads any input from {@code at} on. */
  public int first(int at) {
    return -Math.floorDiv(-(at + padding - kernel + 1), stride);
  }

  /**
   * The largest number of outputs that read any of {@code size} adjacent inputs, wherever these
   * lie.
   */
  public int size(int size) {
    return (size + kernel - 2) / stride + 1;
  }
}
