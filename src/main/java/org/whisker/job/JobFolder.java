package org.whisker.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.whisker.io.CsvWriter;
import org.whisker.io.Manifest;
import org.whisker.job.JobListener.Progress;
import org.whisker.table.Table;
import org.whisker.value.IoFunction;

/**
 * The folder of a job, held by this process alone: a new one, or one that was begun before, whose
 * manifest was held against the job as it would be begun now. All commands that write a folder
 * write it in here: create or open, lock, clean, work, commit.
 */
public final class JobFolder {
  private final JobContext context;
  private final JobManifest manifest;
  private final boolean resumed;

  private JobFolder(JobContext context, JobManifest manifest, boolean resumed) {
    this.context = context;
    this.manifest = manifest;
    this.resumed = resumed;
  }

  /**
   * What the job is.
   *
   * @param parent where a folder is made that nobody named
   * @param stem the stem of such a folder's name, see {@link OutputFolder}
   * @param content the content of the manifest, as {@link Provenance} begins it
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

  /** The folder in which a job is done. */
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

    /**
     * A folder that is there or not, and whose job knows by what it keeps there itself what is left
     * to do.
     *
     * @param arguments as of a new folder
     */
    record Kept(Path folder, List<String> arguments) implements Place {
      public Kept {
        arguments = List.copyOf(arguments);
      }
    }

    /** A folder that was begun before, whose manifest tells what the job is. */
    record Begun(JobManifest manifest) implements Place {}

    /**
     * Checks whether the folder can be made, for jobs that compute something before they make it.
     *
     * @throws InvalidRequestException as {@link #hold} does
     */
    default void check() throws IOException {
      if (this instanceof New fresh && fresh.out().isPresent()) {
        OutputFolder.check(fresh.out().get());
      }
    }
  }

  @FunctionalInterface
  public interface Work<R> {
    /**
     * The row of that number, from 0.
     *
     * @param progress the progress of the rows
     * @param stopped polled from time to time
     * @return empty when it was stopped before the row was complete
     */
    Optional<R> row(int number, Progress progress, BooleanSupplier stopped) throws IOException;
  }

  /**
   * Makes the folder, or opens it, and does work in it that no other process can disturb: the
   * folder is locked before anything in it is written or removed, until the work has ended. What an
   * ended process was writing is removed first.
   *
   * @throws InvalidRequestException when the new folder is not empty
   * @throws IOException when the results in the folder would be mixed with others, another process
   *     has the folder, or the work fails
   */
  public static <T> T hold(JobContext context, Place place, Job job, IoFunction<JobFolder, T> work)
      throws IOException {
    if (place instanceof Place.New fresh) {
      Path folder = OutputFolder.create(fresh.out(), job.parent, job.stem, context.clock());
      JobManifest manifest = job.manifest(folder, fresh.arguments());
      return held(new JobFolder(context, manifest, false), work);
    }
    if (place instanceof Place.Kept kept) {
      JobManifest manifest = job.manifest(kept.folder(), kept.arguments());
      return held(new JobFolder(context, manifest, true), work);
    }
    JobManifest before = ((Place.Begun) place).manifest();
    JobManifest now = job.manifest(before.folder(), before.arguments());
    before.check(now, job.pointers(), context::warn);
    return held(new JobFolder(context, before, before.changed().isEmpty()), work);
  }

  private static <T> T held(JobFolder folder, IoFunction<JobFolder, T> work) throws IOException {
    return FolderSession.hold(
        folder.folder(),
        () -> {
          try {
            return work.apply(folder);
          } catch (IOException | RuntimeException | Error e) {
            folder.failed(e);
            throw e;
          }
        });
  }

  /** No folder says that a job runs which has ended; one that has gone is not made again. */
  private void failed(Throwable thrown) {
    if (!manifest.isRunning() || !Manifest.isIn(folder())) {
      return;
    }
    try {
      manifest.write(thrown instanceof CancellationException ? "stopped" : "failed");
    } catch (IOException | RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  public Path folder() {
    return manifest.folder();
  }

  /** The manifest of the folder, not yet written where the folder is new. */
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
    manifest.write("running");
    BooleanSupplier stopped = context.stop().listen();
    boolean done;
    try (Progress progress = context.progress(task, rows)) {
      done =
          new TableRecorder<>(
                  table, folder().resolve(file), resumed, context::note, new CheckpointClock())
              .fill(rows, number -> work.row(number, progress, stopped), stopped, progress::stepTo);
    }
    if (!done) {
      manifest.write("stopped");
    }
    return done;
  }

  /**
   * Notes that work began which is done in one go: what is left of an earlier try is replaced. What
   * the manifest was told since is written, too, for what is drawn of it.
   */
  public void begin() throws IOException {
    manifest.write("running");
  }

  /**
   * Does work that keeps its parts itself, and the manifest's status with it: running, then done.
   *
   * @return what it came to; empty when it threw {@link CancellationException}, and was stopped
   */
  public <T> Optional<T> attempt(IoFunction<JobFolder, T> work) throws IOException {
    return attempt(
        folder -> {
          try {
            return Optional.of(work.apply(folder));
          } catch (CancellationException e) {
            return Optional.empty();
          }
        },
        Optional::isPresent);
  }

  /**
   * Does work that keeps its parts itself, and the manifest's status with it.
   *
   * @param done whether it came to its end; otherwise it was stopped
   */
  public <T> T attempt(IoFunction<JobFolder, T> work, Predicate<T> done) throws IOException {
    return inParts(work, result -> done.test(result) ? "done" : "stopped");
  }

  /**
   * Does work that keeps its parts itself and may fail in some of them, and the manifest's status
   * with it.
   *
   * @param status how it ended: {@code done}, {@code failed} or {@code stopped}; {@code running}
   *     where its results are not yet where they belong
   */
  public <T> T inParts(IoFunction<JobFolder, T> work, Function<T, String> status)
      throws IOException {
    manifest.write("running");
    T result = work.apply(this);
    requireThere();
    manifest.write(status.apply(result));
    return result;
  }

  /**
   * Removes the folder, if nothing was made in it: who mends the reason gives the command again.
   */
  public void withdraw() throws IOException {
    try (Stream<Path> content = Files.list(folder())) {
      if (content.anyMatch(Files::isDirectory)) {
        return;
      }
    }
    Leftovers.delete(folder());
  }

  private void requireThere() throws IOException {
    if (!Manifest.isIn(folder())) {
      throw new IOException(folder() + " was removed while it was written; run the command again");
    }
  }

  /** As {@link #finish}, where the results lie in a folder apart from what they were made of. */
  public void finishIn(Path other, Map<String, ?> found) throws IOException {
    JobManifest there = manifest.in(other);
    there.tell(found);
    there.write("done");
  }

  /**
   * Notes that all tables are there, has their charts drawn, and that nothing is left to do.
   *
   * @param found what the manifest says of the results beside what asked for them
   */
  public void finish(Map<String, ?> found) throws IOException {
    manifest.tell(found);
    manifest.write("running");
    context.listener().tablesWritten(folder());
    done();
  }

  /** Notes that all results are there; what is written later is not held against its hash. */
  public void done() throws IOException {
    requireThere();
    manifest.write("done");
  }

  /**
   * Fills a table row by row. What is there of it is kept beside it once a minute, and when the
   * work ends otherwise than done; the next process goes on from there.
   *
   * @param file the file of the table
   * @param resumed whether to keep the rows that an earlier process left
   * @param notes is told in one line of rows that can't be read, and are all computed again
   * @param <R> a row
   */
  public record TableRecorder<R extends Record>(
      Table<R> table, Path file, boolean resumed, Consumer<String> notes, CheckpointClock clock) {

    /**
     * Computes the rows that are missing.
     *
     * @param rows how many the whole table has
     * @param stopped asked before each row
     * @param progress told before and after each row how many there are
     * @return whether all rows are there; the table then has its name
     */
    public boolean fill(
        int rows,
        IoFunction<Integer, Optional<R>> work,
        BooleanSupplier stopped,
        LongConsumer progress)
        throws IOException {
      List<R> done = new ArrayList<>(known(rows));
      if (!resumed) {
        CsvWriter.delete(file);
      }
      boolean whole = false;
      try {
        whole = add(done, rows, work, stopped, progress);
      } finally {
        if (!whole) {
          keep(done);
        }
      }
      if (whole) {
        table.write(file, done);
        Files.deleteIfExists(CsvWriter.partial(file));
      }
      return whole;
    }

    private boolean add(
        List<R> done,
        int rows,
        IoFunction<Integer, Optional<R>> work,
        BooleanSupplier stopped,
        LongConsumer progress)
        throws IOException {
      while (done.size() < rows) {
        progress.accept(done.size());
        Optional<R> row = stopped.getAsBoolean() ? Optional.empty() : work.apply(done.size());
        if (row.isEmpty()) {
          return false;
        }
        done.add(row.get());
        if (clock.isDue()) {
          keep(done);
        }
        progress.accept(done.size());
      }
      return true;
    }

    private void keep(List<R> rows) throws IOException {
      table.write(CsvWriter.partial(file), rows);
      clock.kept();
    }

    private List<R> known(int most) throws IOException {
      Path there = CsvWriter.there(file);
      if (!resumed || !Files.exists(there)) {
        return List.of();
      }
      try {
        List<R> rows = table.read(there);
        return rows.subList(0, Math.min(most, rows.size()));
      } catch (IOException e) {
        notes.accept(e.getMessage() + "; computing all rows again");
        return List.of();
      }
    }
  }
}
