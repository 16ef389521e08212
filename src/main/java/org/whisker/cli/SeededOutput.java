package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The seed of what is drawn at random, and the folder to write. */
final class SeededOutput {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of everything that is drawn at random. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to write, new or empty. Default: a new one, named by the time.")
  private @Nullable Path out;

  long seed() {
    return seed;
  }

  /** Whether a folder was named. */
  boolean given() {
    return out != null;
  }

  /** Makes the folder, see {@link OutputFolder}. */
  Path folder(Environment environment, String stem) throws IOException {
    return OutputFolder.create(
        Optional.ofNullable(out), environment.home().analyses(), stem, environment.clock());
  }
}
