package org.whisker.io;

import java.nio.file.Path;

/** Paths of images as captions. */
public final class ShortPath {
  private ShortPath() {}

  /** The last names of an image's path, enough to tell runs of evolve apart. */
  public static String of(String file) {
    Path path = Path.of(file);
    int names = path.getNameCount();
    return path.endsWith("best.png") && names > 3
        ? path.subpath(names - 4, names - 1).toString()
        : String.valueOf(path.getFileName());
  }
}
