package org.whisker.network;

/**
 * How far a change spreads along one axis of a layer, after Krypton (Nakandala, Kumar and
 * Papakonstantinou, SIGMOD 2019). Coordinates may leave the map: what lies there is cut off later,
 * so that the sizes do not depend on the place and many changes fit one batch.
 *
 * @param kernel its size along the axis
 * @param stride steps between two outputs
 * @param padding what is added before the first input
 */
public record Reach(int kernel, int stride, int padding) {
  /** Of an operation that takes each place by itself. */
  public static final Reach POINT = new Reach(1, 1, 0);

  static Reach rows(Window window) {
    return new Reach(window.height(), window.stride(), window.padRows());
  }

  static Reach columns(Window window) {
    return new Reach(window.width(), window.stride(), window.padColumns());
  }

  /** The first output that reads an input from {@code at} on. */
  public int first(int at) {
    return -Math.floorDiv(-(at + padding - kernel + 1), stride);
  }

  /** At most how many outputs read one of {@code size} neighbouring inputs, wherever they lie. */
  public int size(int size) {
    return (size + kernel - 2) / stride + 1;
  }

  /** The first input that the output at {@code first} reads; below 0 in the padding. */
  public int readFirst(int first) {
    return first * stride - padding;
  }

  /** How many neighbouring inputs {@code size} outputs read. */
  public int readSize(int size) {
    return kernel + (size - 1) * stride;
  }
}
