package org.whisker.feature.explain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.io.Csv.CsvRow;

/** A map over the canvas, read from a table {@code x,y,value}. */
final class CanvasMap {
  private final Canvas canvas;
  private final float[] values;

  private CanvasMap(Canvas canvas, float[] values) {
    this.canvas = canvas;
    this.values = values;
  }

  /**
   * A map that was not read from a table.
   *
   * @param values row-major
   */
  static CanvasMap of(Canvas canvas, double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return new CanvasMap(canvas, floats);
  }

  /** Empty if there is no such table; pixels without a row are missing values. */
  static Optional<CanvasMap> read(ReportFolder folder, String file) throws IOException {
    List<CsvRow> rows = folder.rows(file);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int width = 0;
    int height = 0;
    for (CsvRow row : rows) {
      width = Math.max(width, coordinate(row, 0, "x") + 1);
      height = Math.max(height, coordinate(row, 1, "y") + 1);
    }
    Canvas canvas = new Canvas(width, height);
    float[] values = new float[canvas.pixels()];
    java.util.Arrays.fill(values, Float.NaN);
    for (CsvRow row : rows) {
      int at = canvas.index(coordinate(row, 0, "x"), coordinate(row, 1, "y"));
      values[at] = (float) row.number(row.header().get(2));
    }
    return Optional.of(new CanvasMap(canvas, values));
  }

  /** Coordinates beyond this indicate a broken table. */
  private static int coordinate(CsvRow row, int column, String name) throws IOException {
    if (row.header().size() < 3 || !row.header().get(column).equals(name)) {
      throw row.error("expected the columns x, y and a value");
    }
    long at = row.integer(name);
    if (at < 0 || at >= Short.MAX_VALUE) {
      throw row.error(name + " is " + at + ", which is not a pixel coordinate");
    }
    return (int) at;
  }

  Canvas canvas() {
    return canvas;
  }

  float[] values() {
    return values.clone();
  }
}
