package org.whisker.training;

import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

/**
 * Shifts a picture by whole pixels, horizontally and vertically, and fills the uncovered area with
 * the picture mirrored at its own border.
 *
 * <p>This leaves no cue: the fill consists of the photo, so it has no gray and no flatness that
 * photos don't have, and at the old border neighbours remain neighbours, so there is no step as at
 * the seam of a picture that is wrapped around. What remains is a line of symmetry, which is
 * equally frequent in cats and others. A fill of one gray would instead teach the network the
 * meaning of a uniform strip at the border, which is close to what is studied in evolved images. In
 * the mirrored picture, the depth of pixels (their distance from its border) is periodic with the
 * picture's side; so under shifts of up to half of it, each position of the canvas shows each depth
 * equally often, and nothing is learned about the centre that is not learned about the edge.
 */
public final class MirroredShift {
  private final Canvas canvas;
  private final int right;
  private final int down;

  /**
   * A shift.
   *
   * @param most the largest shift, as a share of the canvas, at most ½
   * @param across from 0 (farthest left) to 1 (farthest right)
   * @param down from 0 (farthest up) to 1 (farthest down)
   */
  public MirroredShift(Canvas canvas, double most, double across, double down) {
    this(
        canvas,
        (int) Math.round((2 * across - 1) * most * canvas.width()),
        (int) Math.round((2 * down - 1) * most * canvas.height()));
  }

  private MirroredShift(Canvas canvas, int right, int down) {
    this.canvas = canvas;
    this.right = right;
    this.down = down;
  }

  /** The shift for a picture of another size, rounded to its pixels. */
  MirroredShift at(Canvas other) {
    return new MirroredShift(
        other,
        (int) Math.round(right * (double) other.width() / canvas.width()),
        (int) Math.round(down * (double) other.height() / canvas.height()));
  }

  /** The picture, which must have this canvas, shifted; as row-major gray values in a new array. */
  public float[] of(GrayImage picture) {
    float[] from = picture.values();
    float[] moved = new float[canvas.pixels()];
    for (int y = 0; y < canvas.height(); y++) {
      int row = source(y - down, canvas.height()) * canvas.width();
      for (int x = 0; x < canvas.width(); x++) {
        moved[y * canvas.width() + x] = from[row + source(x - right, canvas.width())];
      }
    }
    return moved;
  }

  private static int source(int i, int side) {
    if (i < 0) {
      return -1 - i;
    }
    return i < side ? i : 2 * side - 1 - i;
  }
}
