package org.whisker.job;

import org.jspecify.annotations.Nullable;

/** The version that the manifest of the jar holds. */
public final class WhiskerVersion {
  private WhiskerVersion() {}

  /** Without the name; {@code (not packaged)} when run from classes alone. */
  public static String get() {
    @Nullable String version = WhiskerVersion.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
