package org.whisker.feature.evolve;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.RunCheckpoint;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.io.CheckpointFile;
import org.whisker.io.CsvWriter;
import org.whisker.io.CsvWriter.Written;
import org.whisker.table.Table;
import org.whisker.table.Table.TableWriter;

/**
 * The files of one run: {@linkplain RunTables tables} that grow with every generation, checkpoints
 * that say how far they count, and its images.
 */
final class RunRecorder implements Closeable {
  private final Path folder;
  private final Tones tones;
  private final CheckpointFile checkpoint;
  private final RunTables tables;
  private BlackPixels before;

  private RunRecorder(Path folder, Tones tones, RunTables tables, BlackPixels before) {
    this.folder = folder;
    this.tones = tones;
    this.checkpoint = new CheckpointFile(folder);
    this.tables = tables;
    this.before = before;
  }

  /** Records a run from its founders on; what an earlier try left is overwritten. */
  static RunRecorder begin(Path folder, EvolvePlan plan, Canvas canvas) throws IOException {
    new CheckpointFile(folder).delete();
    return new RunRecorder(
        folder, plan.options().tones(), RunTables.begin(folder), BlackPixels.none(canvas));
  }

  /** Goes on with a run; rows after the checkpoint are dropped, they will come again. */
  static RunRecorder resume(Path folder, EvolvePlan plan, SavedRun saved) throws IOException {
    return new RunRecorder(
        folder,
        plan.options().tones(),
        RunTables.resume(folder, saved.written()),
        saved.search().state().population().best().genome());
  }

  /**
   * The checkpoint, if there is one that can be gone on from.
   *
   * @param run counted from 1
   * @param notes is told in one line of one that can not
   */
  static Optional<SavedRun> saved(
      Path folder, EvolvePlan plan, int run, Canvas canvas, Consumer<String> notes) {
    return new CheckpointFile(folder)
        .read(
            (in, most) -> {
              SavedRun saved = SavedRun.read(in, most, canvas, plan.options().cacheCapacity());
              long found = saved.search().state().seed();
              if (found != plan.seed(run)) {
                throw new IOException("it is of seed " + found + ", not " + plan.seed(run));
              }
              RunTables.check(folder, saved.written());
              return saved;
            },
            notes);
  }

  /** Appends a generation. */
  void record(GenerationStats stats, BlackPixels best) throws IOException {
    tables.generation(stats);
    if (!best.equals(before)) {
      tables.change(stats.generation(), before, best);
      before = best;
    }
  }

  /** Keeps the run as it stands, its present generation recorded. */
  void checkpoint(EvolutionRun run, long nanos) throws IOException {
    SavedRun saved = new SavedRun(RunCheckpoint.of(run), tables.sync(), nanos);
    checkpoint.write(saved::writeTo);
  }

  /** Writes the best image so far, of a run that will be gone on with. */
  void pause(RunResult result) throws IOException {
    EvolvedImageFiles.best(folder, result.best().genome(), tones);
  }

  /**
   * Writes an image with what each of its pixels does; see {@link EvolvedImageFiles#image}.
   *
   * @param name such as {@code best}
   */
  void image(String name, BlackPixels image, float[] deltas) throws IOException {
    EvolvedImageFiles.image(folder, name, image, deltas, tones);
  }

  /** Gives the tables their names and tells that they are whole. */
  void finish(RunListener listener) throws IOException {
    tables.finish();
    listener.tablesWritten(folder);
  }

  /** Removes the checkpoint of a run that is finished. */
  static void forget(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      new CheckpointFile(folder).delete();
    }
  }

  @Override
  public void close() throws IOException {
    tables.close();
  }

  /** The tables of a run that grow with every generation. */
  private static final class RunTables implements Closeable {
    private static final List<String> NAMES = List.of(GenerationStats.FILE, BestHistory.FILE);

    private final TableWriter<GenerationStats> generations;
    private final TableWriter<BestHistory.Change> history;

    private RunTables(
        TableWriter<GenerationStats> generations, TableWriter<BestHistory.Change> history) {
      this.generations = generations;
      this.history = history;
    }

    /** New ones; what an earlier try left is overwritten. */
    static RunTables begin(Path folder) throws IOException {
      for (String name : NAMES) {
        CsvWriter.delete(folder.resolve(name));
      }
      return new RunTables(
          GenerationStats.TABLE.writer(folder.resolve(GenerationStats.FILE)),
          BestHistory.TABLE.writer(folder.resolve(BestHistory.FILE)));
    }

    /** Goes on with those that are there; rows after the checkpoint are dropped. */
    static RunTables resume(Path folder, Map<String, Written> written) throws IOException {
      return new RunTables(
          resume(GenerationStats.TABLE, folder, GenerationStats.FILE, written),
          resume(BestHistory.TABLE, folder, BestHistory.FILE, written));
    }

    private static <R extends Record> TableWriter<R> resume(
        Table<R> table, Path folder, String name, Map<String, Written> written) throws IOException {
      return TableWriter.resumeAt(table, folder.resolve(name), kept(written, name));
    }

    /**
     * Looks whether all that a checkpoint counts on is there, as it was written.
     *
     * @throws IOException when it is not
     */
    static void check(Path folder, Map<String, Written> written) throws IOException {
      for (String name : NAMES) {
        CsvWriter.check(folder.resolve(name), kept(written, name));
      }
    }

    private static Written kept(Map<String, Written> written, String name) throws IOException {
      Written kept = written.get(name);
      if (kept == null) {
        throw new IOException("it does not say how long " + name + " was");
      }
      return kept;
    }

    /** Appends a generation, for others to read at once. */
    void generation(GenerationStats stats) throws IOException {
      generations.row(stats);
      generations.flush();
    }

    /** Appends how the best image changed. */
    void change(int generation, BlackPixels before, BlackPixels best) throws IOException {
      BestHistory.append(history, generation, before, best);
      history.flush();
    }

    /** Forces all to the disk; how much they then hold, by their names. */
    Map<String, Written> sync() throws IOException {
      Map<String, Written> written = new LinkedHashMap<>();
      written.put(GenerationStats.FILE, generations.sync());
      written.put(BestHistory.FILE, history.sync());
      return written;
    }

    /** Gives them their names. */
    void finish() throws IOException {
      for (TableWriter<?> table : all()) {
        table.finish();
      }
    }

    private List<TableWriter<?>> all() {
      return List.of(generations, history);
    }

    @Override
    public void close() throws IOException {
      for (TableWriter<?> table : all()) {
        table.close();
      }
    }
  }

  /**
   * What a checkpoint holds: the search, and what belongs to it in the run's folder.
   *
   * @param written the bytes of the files that grow, by their names
   * @param nanos how long the run has taken so far
   */
  record SavedRun(RunCheckpoint search, Map<String, Written> written, long nanos) {
    SavedRun {
      written = Map.copyOf(written);
    }

    void writeTo(DataOutputStream out) throws IOException {
      out.writeLong(nanos);
      out.writeByte(written.size());
      for (Map.Entry<String, Written> file : written.entrySet()) {
        out.writeUTF(file.getKey());
        out.writeLong(file.getValue().bytes());
        out.writeLong(file.getValue().crc32c());
      }
      search.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote; see {@link RunCheckpoint#read}. */
    static SavedRun read(DataInputStream in, long most, Canvas canvas, int cacheCapacity)
        throws IOException {
      long nanos = in.readLong();
      Map<String, Written> written = new LinkedHashMap<>();
      for (int left = in.readUnsignedByte(); left > 0; left--) {
        written.put(in.readUTF(), new Written(in.readLong(), in.readLong()));
      }
      RunCheckpoint search = RunCheckpoint.read(in, most, canvas, cacheCapacity);
      return new SavedRun(search, written, nanos);
    }
  }
}
