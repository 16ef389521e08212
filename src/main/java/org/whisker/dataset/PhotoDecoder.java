package org.whisker.dataset;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.image.GrayImage;

/** Reads a picture file as gray values, at its own size. Called from several threads at once. */
@FunctionalInterface
public interface PhotoDecoder {
  /**
   * Reads {@code file}.
   *
   * @throws IOException if the file can't be read or is not a picture
   */
  GrayImage decode(Path file) throws IOException;
}
