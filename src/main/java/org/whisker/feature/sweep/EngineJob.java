package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.value.Text;

/**
 * TaskBatches of tasks that are alike, neighbours in the task list: what an engine shows as one
 * thing.
 *
 * @param what is run, for people
 * @param batches each has at least one task
 */
public record EngineJob(String what, List<List<SweepTask>> batches) {
  public EngineJob {
    batches = List.copyOf(batches);
  }

  /** Takes jobs one after the other. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one.
     *
     * @return whether to go on
     */
    boolean take(EngineJob job) throws IOException;
  }

  public int tasks() {
    return batches.stream().mapToInt(List::size).sum();
  }

  /** The job in a line for people. */
  public String title() {
    SweepTask first = batches.get(0).get(0);
    return Text.of(
        "%s %s: %d runs, about %.3g s each", first.group(), what, tasks(), first.seconds());
  }

  /**
   * Hands the tasks of a file in their order, longest first, but for those that are finished. The
   * file is read as far as jobs are taken.
   *
   * @param most batches of a job
   */
  public static void scan(Path tasks, Set<TaskKey> finished, int most, Sink sink)
      throws IOException {
    Gathering gathering = new Gathering(most, sink);
    TaskBatches.scan(tasks, (batch, index) -> gathering.add(left(batch, finished)));
    gathering.hand();
  }

  private static List<SweepTask> left(List<SweepTask> batch, Set<TaskKey> finished) {
    return batch.stream().filter(task -> !finished.contains(task.key())).toList();
  }

  private static final class Gathering {
    private final int most;
    private final Sink sink;
    private List<List<SweepTask>> batches = new ArrayList<>();
    private boolean goOn = true;

    Gathering(int most, Sink sink) {
      this.most = most;
      this.sink = sink;
    }

    boolean add(List<SweepTask> batch) throws IOException {
      if (batch.isEmpty()) {
        return goOn;
      }
      boolean fits =
          batches.isEmpty()
              || (batches.size() < most && batches.get(0).get(0).isLike(batch.get(0)));
      if (!fits) {
        hand();
      }
      batches.add(batch);
      return goOn;
    }

    void hand() throws IOException {
      if (goOn && !batches.isEmpty()) {
        goOn = sink.take(new EngineJob(batches.get(0).get(0).what(), batches));
        batches = new ArrayList<>();
      }
    }
  }

  /**
   * Neighbours of the task list that are alike, as many as had better be done at once. The same for
   * every worker, so that shards are of whole batches.
   */
  public static final class TaskBatches {
    private TaskBatches() {}

    @FunctionalInterface
    public interface Reader {
      /**
       * Takes one.
       *
       * @param index from 0
       * @return whether to go on
       */
      boolean take(List<SweepTask> batch, long index) throws IOException;
    }

    /** Hands the batches on in the order of the file. */
    public static void scan(Path file, Reader reader) throws IOException {
      Grouping grouping = new Grouping(reader);
      TaskFile.scan(file, (task, index) -> grouping.add(task));
      grouping.hand();
    }

    private static final class Grouping {
      private final Reader reader;
      private List<SweepTask> batch = new ArrayList<>();
      private long index;
      private boolean goOn = true;

      Grouping(Reader reader) {
        this.reader = reader;
      }

      boolean add(SweepTask task) throws IOException {
        if (!batch.isEmpty()
            && (batch.size() >= batch.get(0).together() || !batch.get(0).isLike(task))) {
          hand();
        }
        batch.add(task);
        return goOn;
      }

      void hand() throws IOException {
        if (goOn && !batch.isEmpty()) {
          goOn = reader.take(batch, index++);
          batch = new ArrayList<>();
        }
      }
    }
  }
}
