package org.whisker.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.whisker.command.JsonOption.Document;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import org.whisker.job.ResumableJob.Outcome;

/**
 * A command that does a job which can be gone on with.
 *
 * @param <C> the job's configuration
 * @param <R> its result
 */
public abstract class JobCommand<C extends Record, R> extends RecordCommand<C> {
  private final Function<JobContext, ResumableJob<C, R>> job;
  private final Function<R, Optional<? extends Outcome>> outcome;

  /**
   * Creates a command with the options of {@code configuration}, {@code --out}, {@code --resume},
   * {@code --json}, and those of {@code more}.
   *
   * @param outcome what a result came to; empty where nothing could be done
   */
  protected JobCommand(
      Environment environment,
      Class<C> configuration,
      Function<JobContext, ResumableJob<C, R>> job,
      Function<R, Optional<? extends Outcome>> outcome,
      Extra... more) {
    super(
        environment,
        configuration,
        Stream.concat(Stream.of(Extra.OUT, Extra.RESUME, Extra.JSON), Stream.of(more))
            .toArray(Extra[]::new));
    this.job = job;
    this.outcome = outcome;
  }

  /**
   * Shows its result.
   *
   * @return the exit code
   */
  protected abstract int say(R result) throws IOException;

  /** The folder whose tables show it, of an outcome that is done. */
  private Optional<Path> shown(R result) {
    return outcome.apply(result).filter(Outcome::done).map(Outcome::folder);
  }

  /** The tables by which a folder is shown whose job is done. */
  protected abstract Document document(Path folder) throws IOException;

  @Override
  public Integer call() throws IOException {
    return run(job.apply(context()), this::config, this::say, this::shown, this::document);
  }
}
