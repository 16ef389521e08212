package org.whisker.io;

import java.nio.file.Path;

/** Shortened paths of images, for captions. */
public final class ShortPath {
  private ShortPath() {}

  /** The last elements of an image's path, enough to distinguish runs of evolve. */
  public static String of(String file) {
    Path path = Path.of(file);
    int names = path.getNameCount();
    return path.endsWith("best.png") && names > 3
        ? path.subpath(names - 4, names - 1).toString()
        : String.valueOf(path.getFileName());
  }
}
