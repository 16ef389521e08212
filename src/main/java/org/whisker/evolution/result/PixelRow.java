package org.whisker.evolution.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv.CsvRow;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * An inked pixel of an image, a row of {@code best.csv} or {@code minimal.csv}, in row-major order.
 */
public record PixelRow(
    @Column(meaning = "column from the left, from 0") int x,
    @Column(meaning = "row from the top, from 0") int y,
    @Column(
            unit = "logit",
            optional = true,
            single = true,
            meaning =
                "logit of not-cat with the pixel minus that without it: below 0 is "
                    + "towards cat (the opposite sign in folders whose manifest does not "
                    + "state the sign); empty when it was not measured")
        OptionalDouble deltaLogit) {
  /** The column that is missing from tables without a measurement. */
  public static final String DELTA = "delta_logit";

  public static final Table<PixelRow> TABLE = Table.of(PixelRow.class);
  private static final Table<PixelRow> PLACES = TABLE.without(DELTA);

  /** Writes the pixels of an image, without their effects. */
  static void write(Path file, BlackPixels image) throws IOException {
    List<PixelRow> rows = new ArrayList<>();
    for (int pixel : image.indices()) {
      rows.add(of(image.canvas(), pixel, OptionalDouble.empty()));
    }
    PLACES.write(file, rows);
  }

  /** Writes the pixels of an image with the effect of each. */
  static void write(Path file, BlackPixels image, float[] deltas) throws IOException {
    List<PixelRow> rows = new ArrayList<>();
    for (int i = 0; i < deltas.length; i++) {
      rows.add(of(image.canvas(), image.get(i), OptionalDouble.of(deltas[i])));
    }
    TABLE.write(file, rows);
  }

  private static PixelRow of(Canvas canvas, int pixel, OptionalDouble delta) {
    return new PixelRow(canvas.x(pixel), canvas.y(pixel), delta);
  }

  /**
   * The image of these rows, in any order.
   *
   * @throws IllegalArgumentException when a pixel is not on the canvas, or listed twice
   */
  public static BlackPixels image(Canvas canvas, List<PixelRow> rows) {
    int[] pixels = rows.stream().mapToInt(row -> canvas.index(row.x, row.y)).toArray();
    return BlackPixels.of(canvas, pixels);
  }

  /**
   * The pixel at these coordinates.
   *
   * @throws IOException naming file and line when they are not on the canvas
   */
  public static int index(Canvas canvas, int x, int y, CsvRow at) throws IOException {
    requireWithin("x", x, canvas.width(), at);
    requireWithin("y", y, canvas.height(), at);
    return canvas.index(x, y);
  }

  private static void requireWithin(String name, int value, int length, CsvRow at)
      throws IOException {
    if (value < 0 || value >= length) {
      throw at.error(
          name + " is " + value + ", outside the canvas: it runs from 0 to " + (length - 1));
    }
  }
}
