package org.whisker.dataset;

import java.nio.file.Path;

/**
 * A photo on disk.
 *
 * @param file where it is
 * @param label what it shows
 * @param origin the collection that it came from: accuracy differs between collections
 */
public record Photo(Path file, Label label, String origin) {
  public Photo {
    if (origin.isBlank()) {
      throw new IllegalArgumentException("the origin of " + file + " is blank");
    }
  }
}
