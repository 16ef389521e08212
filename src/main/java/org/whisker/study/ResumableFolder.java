package org.whisker.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.table.Table;

/**
 * The folder of a job whose table grows row by row: a new one, or one that was begun before and is
 * gone on with.
 */
public final class ResumableFolder {
  private final JobContext context;
  private final JobManifest manifest;
  private final boolean resumed;

  private ResumableFolder(JobContext context, JobManifest manifest, boolean resumed) {
    this.context = context;
    this.manifest = manifest;
    this.resumed = resumed;
  }

  /**
   * What the job is.
   *
   * @param stem of the folder's name, see {@link OutputFolder}
   * @param content of the manifest, as {@link Provenance} begins it
   * @param configuration all that decides the results
   * @param decisive the entries of {@code content} that decide the results
   */
  public record Job(
      String stem, Map<String, Object> content, Record configuration, List<String> decisive) {}

  /**
   * Where the job is done.
   *
   * @param before the manifest of a folder to go on in; empty for a new one
   * @param out the new folder; by default one in {@code analyses/}, named after the time
   * @param arguments the command line that asks for the job, for the manifest
   */
  public record Place(Optional<JobManifest> before, Optional<Path> out, List<String> arguments) {
    /** A new folder. */
    public static Place create(Optional<Path> out, List<String> arguments) {
      return new Place(Optional.empty(), out, arguments);
    }

    /** A folder that was begun before. */
    public static Place resume(JobManifest before) {
      return new Place(Optional.of(before), Optional.empty(), List.of());
    }
  }

  /** Computes rows. */
  @FunctionalInterface
  public interface Work<R> {
    /**
     * The row of that number, from 0.
     *
     * @param progress of the rows
     * @param stopped polled from time to time
     * @return empty when it was stopped before the row was complete
     */
    Optional<R> row(int number, Progress progress, BooleanSupplier stopped) throws IOException;
  }

  /**
   * Makes the folder, or opens it.
   *
   * @throws InvalidRequestException when a folder of an earlier whisker was begun with other
   *     options
   * @throws IOException when the results in the folder would be mixed with others
   */
  public static ResumableFolder open(JobContext context, Place place, Job job) throws IOException {
    if (place.before.isPresent()) {
      return resume(context, place.before.get(), job);
    }
    Path folder =
        OutputFolder.create(place.out, context.home().analyses(), job.stem, context.clock());
    JobManifest manifest = JobManifest.begin(folder, job.content, job.configuration);
    manifest.put("arguments", place.arguments);
    return new ResumableFolder(context, manifest, false);
  }

  private static ResumableFolder resume(JobContext context, JobManifest before, Job job)
      throws IOException {
    if (before.isOlder()) {
      ResumedManifest.check(before.folder(), job.content, job.decisive);
    } else {
      before.check(
          JobManifest.begin(before.folder(), job.content, job.configuration),
          job.decisive.stream().map(entry -> "/" + entry).toList(),
          context::note);
    }
    return new ResumableFolder(context, before, true);
  }

  /**
   * The configuration in a manifest.
   *
   * @throws InvalidRequestException when an earlier whisker began the job, and recorded none
   * @throws IOException naming the file and the entry that can't be read
   */
  public static <C extends Record> C configuration(JobManifest manifest, Class<C> type)
      throws IOException {
    return manifest
        .configuration(type)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    manifest.folder()
                        + " was begun by an earlier whisker; give its options again"));
  }

  public Path folder() {
    return manifest.folder();
  }

  /**
   * Fills the table, and keeps the manifest's status.
   *
   * @param task what is done, for progress
   * @param rows how many the whole table has
   * @return whether all are there; otherwise the job was stopped
   */
  public <R extends Record> boolean fill(
      String task, Table<R> table, String file, int rows, Work<R> work) throws IOException {
    manifest.write("running");
    BooleanSupplier stopped = context.stop().listen();
    boolean done;
    try (Progress progress = context.progress(task, rows)) {
      done =
          new TableRecorder<>(table, folder().resolve(file), resumed)
              .fill(rows, number -> work.row(number, progress, stopped), stopped, progress::stepTo);
    }
    manifest.write(done ? "done" : "stopped");
    return done;
  }
}
