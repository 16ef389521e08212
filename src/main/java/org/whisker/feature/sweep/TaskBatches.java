package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbours of the task list that are alike, as many as had better be done at once. The same for
 * every worker, so that shards are of whole batches.
 */
public final class TaskBatches {
  private TaskBatches() {}

  /** Takes a batch. */
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
    Gathering gathering = new Gathering(reader);
    TaskFile.scan(file, (task, index) -> gathering.add(task));
    gathering.hand();
  }

  private static final class Gathering {
    private final Reader reader;
    private List<SweepTask> batch = new ArrayList<>();
    private long index;
    private boolean goOn = true;

    Gathering(Reader reader) {
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
