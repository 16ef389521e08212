package org.whisker.cli.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.study.OutputFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The seed of what is drawn at random, and the folder to write. */
public final class SeededOutput {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all random numbers. Default: 1.")
  private long seed = 1;

  @Mixin private NewFolder out = new NewFolder();

  public long seed() {
    return seed;
  }

  /** The folder that was named. */
  public Optional<Path> asked() {
    return out.asked();
  }

  /** Whether a folder was named. */
  public boolean given() {
    return out.given();
  }

  /** Makes the folder, see {@link OutputFolder}. */
  public Path folder(Environment environment, String stem) throws IOException {
    return out.folder(environment, stem);
  }
}
