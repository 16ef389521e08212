package org.whisker.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds {@code models/}, {@code analyses/}, {@code reports/} and {@code cache/}.
 *
 * @param folder that folder
 */
record WhiskerHome(Path folder) {
  /** The launcher sets this system property. */
  static final String PROPERTY = "whisker.home";

  /** The folder called {@code home}; without one, the working directory. */
  static WhiskerHome of(@Nullable String home) {
    return new WhiskerHome(Path.of(home == null ? "" : home));
  }

  Path models() {
    return folder.resolve("models");
  }

  Path analyses() {
    return folder.resolve("analyses");
  }

  Path reports() {
    return folder.resolve("reports");
  }

  /** What commands may do again at the cost of time alone. */
  Path cache() {
    return folder.resolve("cache");
  }
}
