package org.whisker.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.io.CsvWriter;
import org.whisker.io.FolderLock;
import org.whisker.table.Table;

/**
 * The folder of a job that can be gone on with: a new one, or one that was begun before, whose
 * manifest was held against the job as it would be begun now.
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
   * @param parent where a folder is made that nobody named
   * @param stem of such a folder's name, see {@link OutputFolder}
   * @param content of the manifest, as {@link Provenance} begins it
   * @param configuration all that decides the results
   * @param decisive the entries of {@code content} that decide the results
   */
  public record Job(
      Path parent,
      String stem,
      Map<String, Object> content,
      Record configuration,
      List<String> decisive) {
    public Job {
      decisive = List.copyOf(decisive);
    }

    private JobManifest manifest(Path folder, List<String> arguments) throws IOException {
      Map<String, Object> all = new LinkedHashMap<>(content);
      all.put("arguments", arguments);
      return JobManifest.begin(folder, all, configuration);
    }

    private List<String> pointers() {
      return decisive.stream().map(entry -> "/" + entry).toList();
    }
  }

  /** Where a job is done. */
  public sealed interface Place {
    /**
     * A new folder.
     *
     * @param out its path; by default a folder named after the job and the time
     * @param arguments the command line that asks for the job, for the manifest; may be empty
     */
    record New(Optional<Path> out, List<String> arguments) implements Place {
      public New {
        arguments = List.copyOf(arguments);
      }
    }

    /** A folder that was begun before, whose manifest tells what the job is. */
    record Begun(JobManifest manifest) implements Place {}
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
   * @throws InvalidRequestException when the new folder is not empty
   * @throws IOException when the results in the folder would be mixed with others
   */
  public static ResumableFolder open(JobContext context, Place place, Job job) throws IOException {
    if (place instanceof Place.Begun begun) {
      return goOn(context, begun.manifest(), job);
    }
    Place.New fresh = (Place.New) place;
    Path folder = OutputFolder.create(fresh.out(), job.parent, job.stem, context.clock());
    return new ResumableFolder(context, job.manifest(folder, fresh.arguments()), false);
  }

  private static ResumableFolder goOn(JobContext context, JobManifest before, Job job)
      throws IOException {
    JobManifest now = job.manifest(before.folder(), before.arguments());
    before.check(now, job.pointers(), context::warn);
    Leftovers.removeAbandoned(before.folder());
    return new ResumableFolder(context, before, before.changed().isEmpty());
  }

  public Path folder() {
    return manifest.folder();
  }

  /** Its manifest, not yet written where the folder is new. */
  public JobManifest manifest() {
    return manifest;
  }

  /**
   * Fills a table that grows row by row, and keeps the manifest's status: running where all rows
   * are there, until {@link #done}. All rows of a finished job are computed again, see {@link
   * JobManifest#changed}.
   *
   * @param task what is done, for progress
   * @param rows how many the whole table has
   * @return whether all are there; otherwise the job was stopped
   */
  public <R extends Record> boolean fill(
      String task, Table<R> table, String file, int rows, Work<R> work) throws IOException {
    return FolderLock.holding(folder(), () -> filled(task, table, file, rows, work));
  }

  private <R extends Record> boolean filled(
      String task, Table<R> table, String file, int rows, Work<R> work) throws IOException {
    if (!resumed) {
      CsvWriter.delete(folder().resolve(file));
    }
    manifest.write("running");
    BooleanSupplier stopped = context.stop().listen();
    boolean done;
    try (Progress progress = context.progress(task, rows)) {
      done =
          new TableRecorder<>(table, folder().resolve(file), resumed, context::note)
              .fill(rows, number -> work.row(number, progress, stopped), stopped, progress::stepTo);
    }
    if (!done) {
      manifest.write("stopped");
    }
    return done;
  }

  /** Notes that all results are there; what is written later is not held against its hash. */
  public void done() throws IOException {
    manifest.write("done");
  }
}
