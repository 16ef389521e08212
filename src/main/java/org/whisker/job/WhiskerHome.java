package org.whisker.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds {@code models/}, {@code analyses/}, {@code reports/} and {@code cache/}.
 *
 * @param folder that folder
 */
public record WhiskerHome(Path folder) {
  /** The launcher sets this system property. */
  public static final String PROPERTY = "whisker.home";

  /** And passes this variable on; where something else starts whisker, it alone is there. */
  public static final String VARIABLE = "WHISKER_HOME";

  /** The folder called {@code home}; without one, the working directory. */
  public static WhiskerHome of(@Nullable String home) {
    return new WhiskerHome(Path.of(home == null ? "" : home));
  }

  public Path models() {
    return folder.resolve("models");
  }

  public Path analyses() {
    return folder.resolve("analyses");
  }

  public Path reports() {
    return folder.resolve("reports");
  }

  /** What commands may do again at the cost of time alone. */
  public Path cache() {
    return folder.resolve("cache");
  }
}
