package org.whisker.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A job that can be gone on with in its folder, however it was cut short.
 *
 * @param <C> all that decides its results
 * @param <R> what it comes to
 */
public abstract class ResumableJob<C extends Record, R> {
  /** What a job came to that has a folder. */
  public interface Outcome {
    Path folder();

    /** Whether all is done; otherwise the job was stopped. */
    default boolean done() {
      return true;
    }
  }

  protected final JobContext context;
  private final String command;
  private final Class<C> type;

  /**
   * A job that tells the context's listener how it goes.
   *
   * @param command the name of the job in manifests, which is that of the command
   * @param type the type of its configuration
   */
  protected ResumableJob(JobContext context, String command, Class<C> type) {
    this.context = context;
    this.command = command;
    this.type = type;
  }

  /** Name of the job in manifests, which is that of the command. */
  public final String command() {
    return command;
  }

  /** The type of its configuration. */
  public final Class<C> type() {
    return type;
  }

  /**
   * Does a new job, or what is left of one.
   *
   * @throws InvalidRequestException for a folder that is not empty, or what can't be done
   * @throws IOException when an input can't be read, a file not be written, or something differs
   *     from the job that was begun that decides the results
   */
  public abstract R run(C config, JobFolder.Place place) throws IOException;

  /**
   * Does a new job.
   *
   * @param out the folder to write, new or empty; by default a new one, named after the job and the
   *     time
   * @throws InvalidRequestException for a folder that is not empty, or what can't be done
   * @throws IOException when an input can't be read, or a file not be written
   */
  public R run(C config, Optional<Path> out) throws IOException {
    return run(config, new JobFolder.Place.New(out, List.of()));
  }

  /**
   * Goes on with a job from its manifest alone.
   *
   * @throws InvalidRequestException when the folder is not of such a job
   * @throws IOException when an input can't be read or is not the same, or a file not be written
   */
  public final R resume(Path folder) throws IOException {
    return resume(JobManifest.open(folder, command()));
  }

  /** Goes on with a job whose manifest is open. */
  public R resume(JobManifest before) throws IOException {
    return run(before.recorded(type()), new JobFolder.Place.Begun(before));
  }
}
