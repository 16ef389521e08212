package org.whisker.position;

import java.util.Arrays;
import org.whisker.image.Canvas;

/**
 * For how many generations each pixel is black in the best image of one run, told change by change,
 * from a white image on.
 */
public final class BlackTime {
  private static final int WHITE = -1;

  private final Canvas canvas;
  private final int first;
  private final int last;
  // The generation since when a pixel is black, counted from the first; or WHITE.
  private final int[] since;
  private final int[] black;
  private int now;

  /**
   * A run of the generations {@code first} to {@code last}, both included.
   *
   * @throws IllegalArgumentException if that is no generation at all
   */
  public BlackTime(Canvas canvas, int first, int last) {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("generations run from " + first + " to " + last);
    }
    this.canvas = canvas;
    this.first = first;
    this.last = last;
    this.since = new int[canvas.pixels()];
    Arrays.fill(since, WHITE);
    this.black = new int[canvas.pixels()];
  }

  /**
   * From {@code generation} on a pixel is black, or white again.
   *
   * @throws IllegalArgumentException if that goes back in time, is beyond the last generation or
   *     off the canvas, or changes nothing
   */
  public void change(int generation, int x, int y, boolean toBlack) {
    if (generation < first + now || generation > last) {
      throw new IllegalArgumentException(
          "generation " + generation + " is not between " + (first + now) + " and " + last);
    }
    if (!canvas.contains(x, y)) {
      throw new IllegalArgumentException(
          "pixel (" + x + ", " + y + ") is not on the " + canvas + " canvas");
    }
    int pixel = canvas.index(x, y);
    if ((since[pixel] != WHITE) == toBlack) {
      throw new IllegalArgumentException(
          "pixel (" + x + ", " + y + ") is " + (toBlack ? "black" : "white") + " already");
    }
    now = generation - first;
    if (toBlack) {
      since[pixel] = now;
    } else {
      black[pixel] += now - since[pixel];
      since[pixel] = WHITE;
    }
  }

  Canvas canvas() {
    return canvas;
  }

  int generations() {
    return last - first + 1;
  }

  /** Generations in which the pixel is black, if nothing changes any more. */
  int generations(int pixel) {
    return black[pixel] + (since[pixel] == WHITE ? 0 : generations() - since[pixel]);
  }
}
