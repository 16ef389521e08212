package org.whisker.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.io.Npy;
import org.whisker.io.NpyArray;

/** A map written by {@link MapFiles}, read from its NPY file, which has full precision. */
public final class StoredMap {
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
    Path file = folder.resolve(name + ".npy");
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
