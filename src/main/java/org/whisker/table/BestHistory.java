package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;

/**
 * {@code best-history.csv}: how the fittest image of each generation differs from that of the
 * generation before, the first from the empty canvas. Columns {@code generation,x,y,black}, black 1
 * where a pixel becomes inked and 0 where it is cleared; pixels in row-major order. A generation
 * without rows has the image of the one before.
 */
public final class BestHistory {
  /** Its columns. */
  public static final List<String> HEADER = List.of("generation", "x", "y", "black");

  private BestHistory() {}

  /** Takes one image. */
  @FunctionalInterface
  public interface Images {
    /** Takes the fittest image of a generation. */
    void accept(int generation, BlackPixels image) throws IOException;
  }

  /** Appends what makes {@code now} of {@code before}. */
  public static void append(CsvWriter csv, int generation, BlackPixels before, BlackPixels now)
      throws IOException {
    Canvas canvas = now.canvas();
    int i = 0;
    int j = 0;
    while (i < before.count() || j < now.count()) {
      int gone = i < before.count() ? before.get(i) : Integer.MAX_VALUE;
      int come = j < now.count() ? now.get(j) : Integer.MAX_VALUE;
      int pixel = Math.min(gone, come);
      if (gone != come) {
        csv.row(generation, canvas.x(pixel), canvas.y(pixel), come < gone ? 1 : 0);
      }
      i += gone == pixel ? 1 : 0;
      j += come == pixel ? 1 : 0;
    }
  }

  /**
   * Rebuilds the images, one for each generation that has a row, in order and in constant memory.
   *
   * @throws IOException naming file and line when a row is not on the canvas, changes nothing, or
   *     goes back in time
   */
  public static void replay(Path file, Canvas canvas, Images images) throws IOException {
    Replay replay = new Replay(canvas, images);
    Csv.scan(file, replay);
    replay.hand();
  }

  private static final class Replay implements Csv.RowReader {
    private final Images images;
    private BlackPixels image;
    private long generation = -1;

    Replay(Canvas canvas, Images images) {
      this.images = images;
      this.image = BlackPixels.none(canvas);
    }

    @Override
    public void accept(CsvRow row) throws IOException {
      long next = row.integer("generation");
      if (next < Math.max(0, generation) || next > Integer.MAX_VALUE) {
        throw row.error("generation " + next + " after " + generation);
      }
      if (next > generation) {
        hand();
        generation = next;
      }
      change(row, row.integer("x"), row.integer("y"), row.integer("black"));
    }

    private void change(CsvRow row, long x, long y, long black) throws IOException {
      Canvas canvas = image.canvas();
      boolean on = x >= 0 && x < canvas.width() && y >= 0 && y < canvas.height();
      if (!on || black < 0 || black > 1) {
        throw row.error("(" + x + ", " + y + ") = " + black + " on a " + canvas + " canvas");
      }
      int pixel = canvas.index((int) x, (int) y);
      BlackPixels changed = black == 1 ? image.with(pixel) : image.without(pixel);
      if (changed.count() == image.count()) {
        throw row.error("(" + x + ", " + y + ") is " + black + " already");
      }
      image = changed;
    }

    void hand() throws IOException {
      if (generation >= 0) {
        images.accept((int) generation, image);
      }
    }
  }
}
