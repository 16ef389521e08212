package org.whisker.study.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A check of photos before a training.
 *
 * @param source a folder of photos, or a CSV of them
 * @param size photos with a shorter side below this are counted
 * @param out the output folder; empty: a new one, named by the time
 */
public record DatasetConfig(Path source, int size, Optional<Path> out) {
  public DatasetConfig {
    if (size < 1) {
      throw new IllegalArgumentException("--size must be at least 1, was " + size);
    }
  }
}
