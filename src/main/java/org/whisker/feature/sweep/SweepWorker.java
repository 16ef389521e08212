package org.whisker.feature.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.feature.sweep.EngineJob.TaskBatches;
import org.whisker.feature.sweep.Presence.Claims;
import org.whisker.feature.sweep.Presence.Heartbeat;
import org.whisker.feature.sweep.Presence.WorkerState;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.value.Checks;

/**
 * Works on a sweep: does what is not done, and leaves to others what they are busy with. Any number
 * of them may share a folder and end at any moment.
 */
public final class SweepWorker {
  private static final long POLL_MILLIS = 50;

  private final SweepFolder folder;
  private final Share share;
  private final Settings settings;
  private final JobContext context;
  private final Claims claims;
  private final WorkerState state;

  /**
   * How a worker works.
   *
   * @param id unlike every other worker's, also on other machines
   * @param patience how long another worker's file may stay as it is before it counts as dead
   * @param runners the runners of tasks, by kind
   */
  public record Settings(String id, Duration patience, Map<SweepTask.Kind, TaskRunner> runners) {
    public Settings {
      Checks.refuse(
          !id.matches("[\\w.-]+") || patience.toMillis() < 1, "id %s, patience %s", id, patience);
      runners = Map.copyOf(runners);
    }
  }

  public SweepWorker(SweepFolder folder, Share share, Settings settings, JobContext context) {
    this.folder = folder;
    this.share = share;
    this.settings = settings;
    this.context = context;
    this.claims = new Claims(folder.claims(), settings.id());
    this.state = new WorkerState(settings.id());
  }

  /**
   * Works until nothing is left but what others are busy with.
   *
   * @throws IOException when results can't be kept, or nothing can be done any more
   */
  public WorkResult run() throws IOException {
    BooleanSupplier stopped = context.stop().listen();
    BatchWork work = new BatchWork(folder, settings.id(), settings.runners(), stopped);
    try {
      return work.result(busy(work, folder.finished(), stopped));
    } catch (CancellationException e) {
      return work.result(0);
    } finally {
      settings.runners().values().forEach(TaskRunner::close);
    }
  }

  /** Works until nothing is left; how many batches others are at. */
  @SuppressWarnings("try") // the heart beats by itself
  private int busy(BatchWork work, Set<TaskKey> finished, BooleanSupplier stopped)
      throws IOException {
    try (Heartbeat beat = Heartbeat.begin(folder.workers(), state, settings.patience());
        Progress progress = context.progress("doing tasks", remaining(finished))) {
      Map<TaskKey, String> busy = pass(work, finished, progress, stopped, Map.of());
      while (!busy.isEmpty() && !stopped.getAsBoolean()) {
        Map<TaskKey, String> dead = dead(busy, stopped);
        if (dead.isEmpty()) {
          break;
        }
        busy = pass(work, folder.finished(), progress, stopped, dead);
      }
      return busy.size();
    }
  }

  private long remaining(Set<TaskKey> finished) throws IOException {
    long[] count = {0};
    TaskBatches.scan(
        folder.tasks(),
        (batch, index) -> {
          count[0] += mine(batch, index, finished).size();
          return true;
        });
    return count[0];
  }

  private List<SweepTask> mine(List<SweepTask> batch, long index, Set<TaskKey> finished) {
    return share.hasBatch(index)
        ? batch.stream()
            .filter(task -> share.hasTask(task.key()) && !finished.contains(task.key()))
            .toList()
        : List.of();
  }

  /**
   * Goes once through the tasks.
   *
   * @param dead claims of workers that are no more, which are taken over
   * @return who is busy with the rest, by claim
   */
  private Map<TaskKey, String> pass(
      BatchWork work,
      Set<TaskKey> finished,
      Progress progress,
      BooleanSupplier stopped,
      Map<TaskKey, String> dead)
      throws IOException {
    Map<TaskKey, String> busy = new HashMap<>();
    TaskBatches.scan(
        folder.tasks(),
        (batch, index) -> {
          List<SweepTask> mine = mine(batch, index, finished);
          if (!mine.isEmpty()) {
            TaskKey claim = batch.get(0).key();
            if (claimed(claim, dead)) {
              claimed(claim, mine, work);
              progress.stepTo(work.ended());
            } else {
              claims.owner(claim).ifPresent(owner -> busy.put(claim, owner));
            }
          }
          return !stopped.getAsBoolean();
        });
    return busy.isEmpty() ? busy : unfinished(busy);
  }

  /** Leaves out the batches whose tasks have ended since the pass came by. */
  private Map<TaskKey, String> unfinished(Map<TaskKey, String> busy) throws IOException {
    Set<TaskKey> finished = folder.finished();
    Map<TaskKey, String> still = new HashMap<>();
    TaskBatches.scan(
        folder.tasks(),
        (batch, index) -> {
          String owner = busy.get(batch.get(0).key());
          if (owner != null && !mine(batch, index, finished).isEmpty()) {
            still.put(batch.get(0).key(), owner);
          }
          return true;
        });
    return still;
  }

  private boolean claimed(TaskKey claim, Map<TaskKey, String> dead) throws IOException {
    return claims.take(claim)
        || (dead.containsKey(claim)
            && claims.owner(claim).equals(Optional.ofNullable(dead.get(claim)))
            && claims.takeOver(claim));
  }

  private void claimed(TaskKey claim, List<SweepTask> mine, BatchWork work) throws IOException {
    try {
      // another may have done some since the pass began
      List<SweepTask> left = folder.left(mine);
      if (!left.isEmpty()) {
        state.during(left, () -> work.run(left));
      }
    } finally {
      claims.release(claim);
    }
  }

  /**
   * Waits until each of these workers has shown that it lives, or patience is over.
   *
   * @return the claims of those that have not
   */
  private Map<TaskKey, String> dead(Map<TaskKey, String> busy, BooleanSupplier stopped) {
    Map<String, String> before = new HashMap<>();
    busy.values().forEach(owner -> before.put(owner, text(owner)));
    Set<String> silent = new HashSet<>(before.keySet());
    long end = System.nanoTime() + settings.patience().toNanos();
    while (!silent.isEmpty() && System.nanoTime() < end && !stopped.getAsBoolean()) {
      sleep();
      silent.removeIf(owner -> !text(owner).equals(before.get(owner)));
    }
    Map<TaskKey, String> dead = new HashMap<>(busy);
    dead.values().removeIf(owner -> !silent.contains(owner));
    return stopped.getAsBoolean() ? Map.of() : dead;
  }

  private String text(String owner) {
    return WorkerState.text(folder.workers(), owner);
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /**
   * Which tasks are a worker's: all, one of several equal shards, or those of a list.
   *
   * @param shard from 1
   * @param shards at least 1
   * @param keys the only ones; empty: all
   */
  public record Share(int shard, int shards, Optional<Set<TaskKey>> keys) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

    public Share {
      InvalidRequestException.refuse(
          shard < 1 || shard > shards,
          "--shard is I/N with I from 1 to N, such as 3/8, was " + shard + "/" + shards);
    }

    /** All tasks. */
    public static Share all() {
      return new Share(1, 1, Optional.empty());
    }

    /** A share of these tasks alone. */
    public static Share of(Set<TaskKey> keys) {
      return new Share(1, 1, Optional.of(Set.copyOf(keys)));
    }

    /** A shard as users type it: {@code 3/8}. */
    public static Share parse(String text) {
      Matcher shard = TEXT.matcher(text);
      InvalidRequestException.refuse(
          !shard.matches(), "--shard is I/N, such as 3/8, was '" + text + "'");
      return new Share(
          Integer.parseInt(shard.group(1)), Integer.parseInt(shard.group(2)), Optional.empty());
    }

    boolean hasBatch(long index) {
      return index % shards == shard - 1;
    }

    boolean hasTask(TaskKey key) {
      return keys.isEmpty() || keys.get().contains(key);
    }
  }
}
