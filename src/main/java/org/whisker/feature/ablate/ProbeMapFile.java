package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.io.Npy;
import org.whisker.position.PixelMap;
import org.whisker.position.ProbeMap;

/** A probe map in one file: its values row by row, then the background's logit, as one column. */
final class ProbeMapFile {
  private ProbeMapFile() {}

  /** Writes the file whole or not at all. */
  static void write(Path file, ProbeMap probe) throws IOException {
    double[] delta = probe.delta().values();
    double[] values = Arrays.copyOf(delta, delta.length + 1);
    values[delta.length] = probe.baseline();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Npy.write(file, values.length, 1, values);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param classifier the name of the probed classifier
   * @return empty when there is no such file, or one of another canvas size
   */
  static Optional<ProbeMap> read(Path file, String classifier, Canvas canvas) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    double[] values = Npy.read(file).values();
    if (values.length != canvas.pixels() + 1) {
      return Optional.empty();
    }
    PixelMap delta =
        PixelMap.of(
            "one black pixel", canvas, "Δlogit of not-cat", Arrays.copyOf(values, canvas.pixels()));
    return Optional.of(new ProbeMap(classifier, delta, values[canvas.pixels()]));
  }
}
