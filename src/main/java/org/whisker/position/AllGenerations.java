package org.whisker.position;

import org.whisker.image.Canvas;

/**
 * Where the best image was black over the whole search: accumulates run after run, using the memory
 * of one map. A long run has more weight than a short one.
 */
public final class AllGenerations {
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
    if (!run.canvas().equals(canvas)) {
      throw new IllegalArgumentException("a run on " + run.canvas() + " among runs on " + canvas);
    }
    generations += run.generations();
    for (int pixel = 0; pixel < black.length; pixel++) {
      black[pixel] += run.generations(pixel);
    }
  }

  /**
   * For each pixel, the share of all (run, generation) pairs in which it is black in the best
   * image.
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
