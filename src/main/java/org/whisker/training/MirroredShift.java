package org.whisker.training;

import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

/**
 * Moves a picture by whole pixels, across and down, and fills what it uncovers with the picture
 * mirrored at its own border.
 *
 * <p>Why this leaves no cue: the fill is made of the photo, so there is no gray and no flatness
 * that photos don't have, and at the old border neighbours stay neighbours, so there is no step as
 * at the seam of a picture that is wrapped around. What remains is a line of symmetry, and cats and
 * others have it equally often. A fill of one gray would instead teach the network what a plain
 * strip at the border means, which is near to what evolved images are looked at for. The mirrored
 * picture has the depth of its pixels (their distance from its border) with the period of its side;
 * so moved by up to half of it, each place of the canvas shows each depth equally often, and
 * nothing is learned of the middle that is not learned of the edge.
 */
final class MirroredShift {
  private final Canvas canvas;
  private final int right;
  private final int down;

  /**
   * @param most the largest shift, as a share of the canvas, at most ½
   * @param across from 0 (as far to the left as may be) to 1
   * @param down from 0 (as far up as may be) to 1
   */
  MirroredShift(Canvas canvas, double most, double across, double down) {
    this.canvas = canvas;
    this.right = (int) Math.round((2 * across - 1) * most * canvas.width());
    this.down = (int) Math.round((2 * down - 1) * most * canvas.height());
  }

  /** The picture, of this canvas, moved; as row-major gray values that are the caller's own. */
  float[] of(GrayImage picture) {
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
