package org.whisker.position;

import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.value.Checks;

/**
 * The black pixels of several runs as flat columns x and y, run after run, for statistics that pass
 * over millions of pixels many times.
 */
final class PixelTable {
  private final Canvas canvas;
  private final int[] begin;
  private final int[] x;
  private final int[] y;

  /** The pixels of these runs, all on one canvas. */
  PixelTable(List<BlackPixels> runs) {
    canvas = Runs.canvas(runs);
    begin = new int[runs.size() + 1];
    for (int run = 0; run < runs.size(); run++) {
      begin[run + 1] = Math.addExact(begin[run], runs.get(run).count());
    }
    x = new int[begin[runs.size()]];
    y = new int[x.length];
    for (int run = 0; run < runs.size(); run++) {
      BlackPixels pixels = runs.get(run);
      for (int i = 0; i < pixels.count(); i++) {
        x[begin[run] + i] = canvas.x(pixels.get(i));
        y[begin[run] + i] = canvas.y(pixels.get(i));
      }
    }
  }

  Canvas canvas() {
    return canvas;
  }

  int runs() {
    return begin.length - 1;
  }

  /** The number of pixels of all runs. */
  int pixels() {
    return x.length;
  }

  /** The index of the first pixel of {@code run}, which is also the end of the preceding run. */
  int begin(int run) {
    return begin[run];
  }

  int x(int at) {
    return x[at];
  }

  int y(int at) {
    return y[at];
  }

  /** Checks on the final images of several runs. */
  static final class Runs {
    private Runs() {}

    /** The canvas that all runs share. */
    static Canvas canvas(List<BlackPixels> runs) {
      Checks.refuse(runs.isEmpty(), "needs at least 1 run, has 0");
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
}
