package org.whisker.image;

/**
 * Anything that can be painted: the input of a classifier. A picture has one plane of gray values,
 * or three of red, green and blue. 0 is black, 1 is white.
 */
public interface Raster {
  Canvas canvas();

  /** Planes of values: 1 for gray, 3 for colours. */
  default int planes() {
    return 1;
  }

  /**
   * Writes this picture's {@code canvas().pixels()} gray values, row-major, into {@code target}
   * from {@code offset} on. Of colours it is their luma.
   */
  void paint(float[] target, int offset);

  /**
   * Writes this picture as so many planes, one after the other. Gray is the same in each of three.
   *
   * @param planes 1 or 3
   */
  default void paint(float[] target, int offset, int planes) {
    paint(target, offset);
    int pixels = canvas().pixels();
    for (int plane = 1; plane < planes; plane++) {
      System.arraycopy(target, offset, target, offset + plane * pixels, pixels);
    }
  }

  /** All gray values, row-major. A copy. */
  default float[] grayValues() {
    float[] values = new float[canvas().pixels()];
    paint(values, 0);
    return values;
  }

  /** All values of all planes, plane after plane, each row-major. A copy. */
  default float[] values() {
    float[] values = new float[planes() * canvas().pixels()];
    paint(values, 0, planes());
    return values;
  }
}
