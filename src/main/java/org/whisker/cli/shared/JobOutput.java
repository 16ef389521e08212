package org.whisker.cli.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Mixin;

/** The seed and the folder of a job that can be gone on with. */
public final class JobOutput {
  @Mixin private SeededOutput output = new SeededOutput();
  @Mixin private ResumeOption resume = new ResumeOption();

  public long seed() {
    return output.seed();
  }

  /** The folder that is to be gone on with. */
  public Optional<Path> resumed() {
    return resume.folder();
  }

  /**
   * Begins the job, or goes on with the one in the folder.
   *
   * @throws InvalidRequestException when a folder can't be gone on with, or an option contradicts
   *     it
   */
  public int run(ResumableCommand<?, ?> command) throws IOException {
    Optional<Path> resumed = resume.folder();
    InvalidRequestException.refuse(
        resumed.isPresent() && output.given(), "--out and --resume exclude each other; give one");
    return resumed.isPresent() ? command.resume(resumed.get()) : command.begin(output.asked());
  }
}
