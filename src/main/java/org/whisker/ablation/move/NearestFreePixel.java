package org.whisker.ablation.move;

import java.util.BitSet;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Resolves collisions of moved pixels, so that their number is preserved. */
final class NearestFreePixel {
  private NearestFreePixel() {}

  /**
   * Places each pixel at its target or, if that is occupied, at the nearest free position; earlier
   * pixels have priority.
   *
   * @param wanted target pixel indices, at most as many as the canvas has
   */
  static BlackPixels place(Canvas canvas, int[] wanted) {
    BitSet taken = new BitSet(canvas.pixels());
    for (int index : wanted) {
      taken.set(taken.get(index) ? nearest(canvas, index, taken) : index);
    }
    return BlackPixels.of(canvas, taken.stream().toArray());
  }

  private static int nearest(Canvas canvas, int index, BitSet taken) {
    int best = -1;
    // A position at Chebyshev distance r is at least r away, so the search ends once one is found.
    for (int radius = 1; best < 0 || radius * radius < squared(canvas, index, best); radius++) {
      best = nearestOnSquare(canvas, index, radius, taken, best);
    }
    return best;
  }

  private static int nearestOnSquare(
      Canvas canvas, int index, int radius, BitSet taken, int before) {
    int best = before;
    for (int dy = -radius; dy <= radius; dy++) {
      int step = Math.abs(dy) == radius ? 1 : 2 * radius;
      for (int dx = -radius; dx <= radius; dx += step) {
        int x = canvas.x(index) + dx;
        int y = canvas.y(index) + dy;
        if (canvas.contains(x, y) && !taken.get(canvas.index(x, y))) {
          int here = canvas.index(x, y);
          if (best < 0 || squared(canvas, index, here) < squared(canvas, index, best)) {
            best = here;
          }
        }
      }
    }
    return best;
  }

  private static int squared(Canvas canvas, int a, int b) {
    int dx = canvas.x(a) - canvas.x(b);
    int dy = canvas.y(a) - canvas.y(b);
    return dx * dx + dy * dy;
  }
}
