package org.whisker.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.io.ShownText;
import org.whisker.job.JobManifest;
import picocli.CommandLine.Option;

/**
 * Going on with what was stopped. Every command keeps one contract: all comes from the folder's
 * manifest, an option that contradicts it is refused by name, and a folder that is done says so and
 * is no failure, so that a loop that tries again ends.
 */
public final class ResumeOption {
  public static final String NAME = "--resume";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      description = "Continue an interrupted run in DIR; all else comes from its manifest.")
  private @Nullable Path resume;

  /** The folder to go on in; empty for a new job. */
  public Optional<Path> folder() {
    return Optional.ofNullable(resume);
  }

  /**
   * Whether nothing is left to do. Where the job is done, but results were changed since, these are
   * named, and it is not.
   */
  static boolean isDone(JobManifest manifest, Environment environment) throws IOException {
    List<String> changed = manifest.changed();
    changed.forEach(
        line -> environment.err().println("whisker: " + ShownText.of(line) + "; doing it again"));
    return manifest.isDone() && changed.isEmpty();
  }

  /** Says that nothing is left to do. */
  static int done(Path folder, Environment environment) {
    environment.out().println(folder + " is done; there is nothing left to do");
    return ExitCode.OK;
  }
}
