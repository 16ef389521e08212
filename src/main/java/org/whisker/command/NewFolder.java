package org.whisker.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.job.OutputFolder;
import picocli.CommandLine.Option;

/** The folder to write. */
public final class NewFolder {
  public static final String NAME = "--out";

  /** What help says of it in commands that write to {@code analyses/}. */
  public static final String IN_ANALYSES =
      "Output folder, new or empty. Default: a new one in analyses/.";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one, named after the time.")
  private @Nullable Path out;

  public Optional<Path> asked() {
    return Optional.ofNullable(out);
  }

  boolean given() {
    return out != null;
  }

  /** Makes the folder, see {@link OutputFolder}. */
  public Path folder(Environment environment, String stem) throws IOException {
    return OutputFolder.create(asked(), environment.home().analyses(), stem, environment.clock());
  }
}
