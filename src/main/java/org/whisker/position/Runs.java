package org.whisker.position;

import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Checks on the final images of several runs. */
final class Runs {
  private Runs() {}

  /** The canvas that all runs share. */
  static Canvas canvas(List<BlackPixels> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("needs at least 1 run, has 0");
    }
    Canvas canvas = runs.get(0).canvas();
    for (int run = 1; run < runs.size(); run++) {
      if (!runs.get(run).canvas().equals(canvas)) {
        throw new IllegalArgumentException(
            "runs share a canvas, but run 1 is "
                + canvas
                + " and run "
                + (run + 1)
                + " is "
                + runs.get(run).canvas());
      }
    }
    return canvas;
  }

  /** The runs with a black pixel: the others have no position. */
  static List<BlackPixels> marked(List<BlackPixels> runs) {
    return runs.stream().filter(run -> run.count() > 0).toList();
  }
}
