package org.whisker.feature.evolve;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** How an experiment that was cut short is gone on with. */
public final class CheckpointOptions {
  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = {
        "Continue the experiment in DIR, however it ended, and retry failed runs. All else comes"
            + " from its manifest; the files are the same as without an interruption."
      })
  private @Nullable Path resume;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "100",
      description = "Generations between checkpoints. Default: 100.")
  private int every = 100;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "30",
      description = "Seconds between checkpoints, if that is sooner. Default: 30.")
  private double seconds = 30;

  @Option(names = "--no-preview", description = "Show no small picture of the best image.")
  private boolean noPreview;

  Optional<Path> resume() {
    return Optional.ofNullable(resume);
  }

  boolean preview() {
    return !noPreview;
  }

  /**
   * When checkpoints are due.
   *
   * @throws InvalidRequestException for what can't be
   */
  RunTiming timing() {
    return new RunTiming(every, seconds, System::nanoTime);
  }
}
