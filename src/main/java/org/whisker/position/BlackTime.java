package org.whisker.position;

import java.util.Arrays;
import org.whisker.image.Canvas;
import org.whisker.value.Checks;

/**
 * The number of generations for which each pixel is black in the best image of one run, fed with
 * one change at a time, starting from a white image.
 */
public final class BlackTime {
  private static final int WHITE = -1;

  private final Canvas canvas;
  private final int first;
  private final int last;
  // The generation since which a pixel has been black, counted from the first; or WHITE.
  private final int[] since;
  private final int[] black;
  private int now;

  /**
   * A run of the generations {@code first} to {@code last}, both included.
   *
   * @throws IllegalArgumentException if that is an empty range
   */
  public BlackTime(Canvas canvas, int first, int last) {
    Checks.refuse(first < 0 || last < first, "generations run from %s to %s", first, last);
    this.canvas = canvas;
    this.first = first;
    this.last = last;
    this.since = new int[canvas.pixels()];
    Arrays.fill(since, WHITE);
    this.black = new int[canvas.pixels()];
  }

  /**
   * Records that a pixel is black, or white again, from {@code generation} on.
   *
   * @throws IllegalArgumentException if that goes back in time, is beyond the last generation or
   *     off the canvas, or changes nothing
   */
  public void change(int generation, int x, int y, boolean toBlack) {
    Checks.refuse(
        generation < first + now || generation > last,
        "generation %s is not between %s and %s",
        generation,
        (first + now),
        last);
    Checks.require(canvas.contains(x, y), "pixel (%s, %s) is not on the %s canvas", x, y, canvas);
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

  /** The number of generations in which the pixel is black, if nothing more changes. */
  int generations(int pixel) {
    return black[pixel] + (since[pixel] == WHITE ? 0 : generations() - since[pixel]);
  }

  /**
   * Where the best image was black over the whole search: accumulates run after run, using the
   * memory of one map. A long run has more weight than a short one.
   */
  public static final class AllGenerations {
    private final Canvas canvas;
    private final long[] black;
    private long generations;

    public AllGenerations(Canvas canvas) {
      this.canvas = canvas;
      this.black = new long[canvas.pixels()];
    }

    /**
     * Adds a run.
     *
     * @throws IllegalArgumentException if it is on another canvas
     */
    public void add(BlackTime run) {
      Checks.require(
          run.canvas().equals(canvas), "a run on %s among runs on %s", run.canvas(), canvas);
      generations += run.generations();
      for (int pixel = 0; pixel < black.length; pixel++) {
        black[pixel] += run.generations(pixel);
      }
    }

    /**
     * Share of all (run, generation) pairs in which each pixel is black in the best image.
     *
     * @throws IllegalStateException without a run
     */
    public PixelMap share() {
      if (generations == 0) {
        throw new IllegalStateException("no run was added");
      }
      double[] share = new double[black.length];
      for (int pixel = 0; pixel < share.length; pixel++) {
        share[pixel] = (double) black[pixel] / generations;
      }
      return PixelMap.of("all generations", canvas, "share of runs and generations", share);
    }
  }
}
