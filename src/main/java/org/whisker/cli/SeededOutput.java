package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The seed of what is drawn at random, and the folder to write. */
final class SeededOutput {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all random numbers. Default: 1.")
  private long seed = 1;

  @Mixin private NewFolder out = new NewFolder();

  long seed() {
    return seed;
  }

  /** Whether a folder was named. */
  boolean given() {
    return out.given();
  }

  /** Makes the folder, see {@link OutputFolder}. */
  Path folder(Environment environment, String stem) throws IOException {
    return out.folder(environment, stem);
  }
}
