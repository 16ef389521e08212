package org.whisker.image;

/**
 * A small picture to be laid over a larger one.
 *
 * @param x column of the large picture where the patch's left column is placed, at least 0
 * @param y row where its top row is placed, at least 0
 * @param content the pixels of the patch
 */
public record Patch(int x, int y, PlanarImage content) {
  public Patch {
    if (x < 0 || y < 0) {
      throw new IllegalArgumentException("a patch lies at (0, 0) or beyond, was at " + at(x, y));
    }
  }

  /** A single pixel of this gray. */
  public static Patch pixel(int x, int y, float gray) {
    return new Patch(x, y, GrayImage.filled(Canvas.square(1), gray));
  }

  /** A single pixel of this colour. */
  public static Patch pixel(int x, int y, Tone tone) {
    return new Patch(x, y, tone.filled(Canvas.square(1), tone.values().size()));
  }

  /**
   * The base with this patch over it.
   *
   * @throws IllegalArgumentException if the patch leaves the base's canvas
   */
  public Raster on(Raster base) {
    checkOn(base.canvas());
    return new Patched(base, this);
  }

  /**
   * Checks that the patch fits.
   *
   * @throws IllegalArgumentException if it leaves the canvas
   */
  public void checkOn(Canvas canvas) {
    int width = content.canvas().width();
    int height = content.canvas().height();
    if (x > canvas.width() - width || y > canvas.height() - height) {
      throw new IllegalArgumentException(
          "a %s patch at %s leaves the %s canvas".formatted(content.canvas(), at(x, y), canvas));
    }
  }

  private static String at(int x, int y) {
    return "(" + x + ", " + y + ")";
  }

  private record Patched(Raster base, Patch patch) implements Raster {
    @Override
    public Canvas canvas() {
      return base.canvas();
    }

    @Override
    public int planes() {
      return Math.max(base.planes(), patch.content.planes());
    }

    @Override
    public void paint(float[] target, int offset) {
      paint(target, offset, 1);
    }

    @Override
    public void paint(float[] target, int offset, int planes) {
      base.paint(target, offset, planes);
      PlanarImage content = patch.content.in(planes);
      Canvas small = content.canvas();
      for (int plane = 0; plane < planes; plane++) {
        int from = offset + plane * base.canvas().pixels();
        for (int i = 0; i < small.pixels(); i++) {
          int x = patch.x + small.x(i);
          int y = patch.y + small.y(i);
          target[from + base.canvas().index(x, y)] = content.at(plane * small.pixels() + i);
        }
      }
    }
  }
}
