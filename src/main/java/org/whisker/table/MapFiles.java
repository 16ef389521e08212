package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.io.Contained;
import org.whisker.io.CsvWriter;
import org.whisker.io.Npy;
import org.whisker.io.Npy.NpyArray;

/** A map over the canvas as files: {@code x,y,value} rows, and a matrix for NumPy. */
public final class MapFiles {
  private MapFiles() {}

  /**
   * Writes {@code stem.csv}, with single precision, and {@code stem.npy} (height × width, float64).
   */
  public static void write(Path stem, Canvas canvas, double[] values, String column)
      throws IOException {
    Path folder = stem.toAbsolutePath().getParent();
    String name = stem.getFileName().toString();
    if (folder == null) {
      throw new IOException(stem + " has no folder to write to");
    }
    Path csvFile = folder.resolve(name + ".csv");
    try (CsvWriter csv = CsvWriter.whole(csvFile, java.util.List.of("x", "y", column))) {
      for (int i = 0; i < values.length; i++) {
        csv.row(canvas.x(i), canvas.y(i), (float) values[i]);
      }
      csv.finish();
    }
    Npy.write(folder.resolve(name + ".npy"), canvas.height(), canvas.width(), values);
  }

  public static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  public static float[] negated(float[] values) {
    float[] negated = new float[values.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -values[i];
    }
    return negated;
  }

  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** A map written by {@link MapFiles}, read from its NPY file, which has full precision. */
  public static final class StoredMap {
    private final Canvas canvas;
    private final double[] values;

    private StoredMap(Canvas canvas, double[] values) {
      this.canvas = canvas;
      this.values = values;
    }

    /**
     * Reads {@code NAME.npy}; empty when there is no such file.
     *
     * @throws IOException naming the file when it is damaged
     */
    public static Optional<StoredMap> read(Path folder, String name) throws IOException {
      Path file = new Contained(folder).resolve(name + ".npy");
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      NpyArray array = Npy.read(file);
      return Optional.of(new StoredMap(new Canvas(array.columns(), array.rows()), array.values()));
    }

    public Canvas canvas() {
      return canvas;
    }

    /** The values in row-major order; a copy. */
    public double[] values() {
      return values.clone();
    }

    /** The values in row-major order, in single precision. */
    public float[] floats() {
      return MapFiles.floats(values);
    }

    public double min() {
      return Arrays.stream(values).min().orElseThrow();
    }

    public double max() {
      return Arrays.stream(values).max().orElseThrow();
    }
  }
}
