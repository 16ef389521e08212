package org.whisker.evolution.operator;

import org.whisker.image.Canvas;
import org.whisker.value.Labelled;

/**
 * Boundary handling for a pixel moved across the border of the canvas by {@link EditKind#NUDGE}.
 * The positional bias is given for the stationary distribution of a single black pixel nudged
 * repeatedly under flat fitness. All but {@link #RESAMPLE} try one move: a pixel that would land on
 * a black one or outside the region stays.
 */
public enum Border implements Labelled {
  /**
   * Redraw the pixel and the neighbour. Border pixels have five neighbours and corner pixels three,
   * so their stationary probability is 5/8 and 3/8 of that elsewhere: a slight bias to the centre
   * (E = 0.506 at 128×128), weaker with more black pixels, since a redraw may pick another one.
   */
  RESAMPLE {
    @Override
    int coordinate(int moved, int size) {
      return moved < size ? moved : -1;
    }
  },
  /**
   * Stop at the border; a diagonal move slides along it. Moves are symmetric: no positional bias (E
   * = ½).
   */
  CLAMP {
    @Override
    int coordinate(int moved, int size) {
      return Math.max(0, Math.min(moved, size - 1));
    }
  },
  /** Re-enter on the opposite side (a torus): no positional bias (E = ½). */
  WRAP {
    @Override
    int coordinate(int moved, int size) {
      return Math.floorMod(moved, size);
    }
  },
  /**
   * Reflect at the outermost pixels, as in reflection padding: column −1 is column 1. Steps away
   * from the border are twice as likely as steps to it, so the stationary probability is a half at
   * the border and a quarter in a corner: a slight bias to the centre (E = 0.508 at 128×128),
   * hardly weaker with many black pixels.
   */
  REFLECT {
    @Override
    int coordinate(int moved, int size) {
      return CLAMP.coordinate(
          moved < 0 ? -moved : moved < size ? moved : 2 * size - 2 - moved, size);
    }
  };

  /** The coordinate after boundary handling, for one at most 1 outside; -1 for none. */
  abstract int coordinate(int moved, int size);

  /** The pixel at this offset (-1 to 1 along each axis), or -1 for none. */
  int pixel(Canvas canvas, int from, int dx, int dy) {
    int x = coordinate(canvas.x(from) + dx, canvas.width());
    int y = coordinate(canvas.y(from) + dy, canvas.height());
    return x < 0 || y < 0 ? -1 : canvas.index(x, y);
  }

  public static Border parse(String label) {
    return Labelled.parse("border", values(), label);
  }
}
