package org.whisker.feature.evolve;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.whisker.command.Environment;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * A small picture on the terminal, of Braille dots in a frame, above the line in which progress is
 * redrawn: each picture is one print, which goes up, draws over the last one and ends where that
 * line begins. A dot stands for a few pixels and is set when one of them is inked, whatever the
 * tones: a terminal has colours of its own.
 */
final class Preview implements AutoCloseable {
  private static final int COLUMNS = 24;
  private static final int MOST_ROWS = 16;
  private static final long PERIOD = 1_000_000_000;
  private static final String TO_LINE_START = "\r\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int BLANK = 0x2800;

  /** The bits of a sign's dots, row by row. */
  private static final int[] DOTS = {0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80};

  private final PrintStream err;
  private final LongSupplier nanoTime;
  private long shownAt;
  private int lines;

  Preview(PrintStream err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
  }

  /** Whether there is a terminal that shows such signs and obeys such commands. */
  static boolean possible(Environment environment) {
    String before = // JDK 19
        System.getProperty("sun.stderr.encoding", Charset.defaultCharset().name());
    String charset = System.getProperty("stderr.encoding", before);
    return environment.columns() >= COLUMNS + 2
        && charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** Shows the image, at most once a second. */
  void show(BlackPixels image) {
    long now = nanoTime.getAsLong();
    if (lines > 0 && now - shownAt < PERIOD) {
      return;
    }
    shownAt = now;
    String[] picture = draw(image);
    StringBuilder text = new StringBuilder(up());
    for (String line : picture) {
      text.append(line).append("\u001b[K\n");
    }
    lines = picture.length;
    err.print(text);
    err.flush();
  }

  @Override
  public void close() {
    if (lines > 0) {
      err.print(up() + CLEAR_BELOW);
      err.flush();
      lines = 0;
    }
  }

  private String up() {
    return lines == 0 ? TO_LINE_START : TO_LINE_START + "\u001b[" + lines + "A";
  }

  /** The picture in its frame, a line each. */
  static String[] draw(BlackPixels image) {
    Canvas canvas = image.canvas();
    int wide = 2 * COLUMNS;
    long tall = Math.round((double) wide * canvas.height() / canvas.width());
    int rows = (int) Math.max(1, Math.min(MOST_ROWS, (tall + 3) / 4));
    int[][] signs = new int[rows][COLUMNS];
    for (int pixel : image.indices()) {
      int x = (int) ((long) canvas.x(pixel) * wide / canvas.width());
      int y = (int) ((long) canvas.y(pixel) * rows * 4 / canvas.height());
      signs[y / 4][x / 2] |= DOTS[y % 4 * 2 + x % 2];
    }
    String[] lines = new String[rows + 2];
    String edge = "\u2500".repeat(COLUMNS);
    lines[0] = "\u250c" + edge + "\u2510";
    lines[rows + 1] = "\u2514" + edge + "\u2518";
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder("\u2502");
      for (int sign : signs[row]) {
        line.append((char) (BLANK + sign));
      }
      lines[row + 1] = line.append('\u2502').toString();
    }
    return lines;
  }

  /**
   * The picture of the search that is ahead of all those that go on at present; it is taken away
   * once there is none. For any thread; each search has a lane.
   */
  static final class BestPreview {
    private final Preview preview;
    private final Map<Lane, Double> ahead = new HashMap<>();

    BestPreview(Preview preview) {
      this.preview = preview;
    }

    Lane lane() {
      return new Lane();
    }

    private synchronized void show(Lane lane, double probability, BlackPixels image) {
      ahead.put(lane, probability);
      if (ahead.values().stream().allMatch(other -> other <= probability)) {
        preview.show(image);
      }
    }

    private synchronized void end(Lane lane) {
      ahead.remove(lane);
      if (ahead.isEmpty()) {
        preview.close();
      }
    }

    /** Shows one search at a time. */
    final class Lane {
      private Lane() {}

      /** Shows the image where no other search has a higher p(cat). */
      void show(double probability, BlackPixels image) {
        BestPreview.this.show(this, probability, image);
      }

      /** Ends this search's lane. */
      void end() {
        BestPreview.this.end(this);
      }
    }
  }
}
