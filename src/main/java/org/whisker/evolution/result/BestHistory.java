package org.whisker.evolution.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv.CsvRow;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.table.Table.TableWriter;
import org.whisker.value.Text;

/**
 * {@code best-history.csv}: the differences between the fittest image of each generation and that
 * of the previous generation; the first is compared with the empty canvas. A generation without
 * rows has the same image as the previous one.
 */
public final class BestHistory {
  public static final String FILE = "best-history.csv";
  public static final Table<Change> TABLE = Table.of(Change.class, FILE);

  private BestHistory() {}

  /** A pixel that changes; within a generation in row-major order. */
  public record Change(
      int generation,
      @Column(meaning = "column from the left, from 0") int x,
      @Column(meaning = "row from the top, from 0") int y,
      @Column(meaning = "whether it becomes inked; otherwise it is cleared") boolean black) {}

  /** Receives the images one by one. */
  @FunctionalInterface
  public interface Images {
    /** Takes the fittest image of a generation. */
    void accept(int generation, BlackPixels image) throws IOException;
  }

  /** Appends the changes that turn {@code before} into {@code now}. */
  public static void append(
      TableWriter<Change> table, int generation, BlackPixels before, BlackPixels now)
      throws IOException {
    Canvas canvas = now.canvas();
    for (int pixel : now.changedFrom(before)) {
      table.row(new Change(generation, canvas.x(pixel), canvas.y(pixel), now.contains(pixel)));
    }
  }

  /**
   * Rebuilds the images, one for each generation that has a row, in order and in constant memory.
   *
   * @throws IOException naming file and line when a row is not on the canvas, changes nothing, or
   *     generations are not in ascending order
   */
  public static void replay(Path file, Canvas canvas, Images images) throws IOException {
    Replay replay = new Replay(canvas, images);
    TABLE.scan(file, replay);
    replay.hand();
  }

  private static final class Replay implements Table.RowReader<Change> {
    private final Canvas canvas;
    private final Images images;
    private final BitSet black = new BitSet();
    private int generation = -1;

    Replay(Canvas canvas, Images images) {
      this.canvas = canvas;
      this.images = images;
    }

    @Override
    public void accept(Change change, CsvRow at) throws IOException {
      int next = change.generation();
      if (next < Math.max(0, generation)) {
        throw at.error("generation " + next + " after " + generation);
      }
      if (next > generation) {
        hand();
        generation = next;
      }
      int pixel = PixelRow.index(canvas, change.x(), change.y(), at);
      if (black.get(pixel) == change.black()) {
        throw at.error(
            Text.of(
                "(%d, %d) is %s already",
                change.x(), change.y(), change.black() ? "black" : "white"));
      }
      black.flip(pixel);
    }

    void hand() throws IOException {
      if (generation >= 0) {
        images.accept(generation, BlackPixels.of(canvas, black.stream().toArray()));
      }
    }
  }
}
