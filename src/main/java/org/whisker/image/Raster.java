package org.whisker.image;

/** Anything that can be painted as gray values: the input of a classifier. */
public interface Raster {
  Canvas canvas();

  /**
   * Writes this picture's {@code canvas().pixels()} gray values, row-major, into {@code target}
   * from {@code offset} on. 0 is black, 1 is white.
   */
  void paint(float[] target, int offset);

  /** All gray values, row-major: 0 is black, 1 is white. A copy. */
  default float[] grayValues() {
    float[] values = new float[canvas().pixels()];
    paint(values, 0);
    return values;
  }
}
