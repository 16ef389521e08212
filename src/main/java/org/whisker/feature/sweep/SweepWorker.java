package org.whisker.feature.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepTask.Kind;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.torch.TorchDevice.DeviceMemoryException;
import org.whisker.value.Text;

/**
 * Does a share of a sweep's tasks, one after the other, but for those that have a result. Others
 * may work in the same folder, and any of them may be killed.
 */
public final class SweepWorker {
  private final SweepFolder folder;
  private final JobContext context;
  private final UnaryOperator<SweepTask> placed;
  private final Map<Kind, TaskRunner> runners = new EnumMap<>(Kind.class);
  private final BooleanSupplier stopped;

  /** Does tasks of one kind, and keeps open what the next one may need. */
  interface TaskRunner extends AutoCloseable {
    /**
     * Does a task. One that fails by itself has a failed result; what is thrown as an {@link
     * IOException} is for other reasons, such as a model that is not there.
     *
     * @throws CancellationException when stopped
     */
    TaskResult run(SweepTask task, BooleanSupplier stopped) throws IOException;

    @Override
    void close();
  }

  /**
   * A worker.
   *
   * @param placed moves a task to the device that it is done on
   */
  public SweepWorker(SweepFolder folder, JobContext context, UnaryOperator<SweepTask> placed) {
    this.folder = folder;
    this.context = context;
    this.placed = placed;
    this.stopped = context.stop().listen();
    OpenModel models = new OpenModel(new ModelStore(context.home().models()));
    runners.put(Kind.EVOLVE, new EvolveTasks(models));
    runners.put(Kind.ARM, new ArmTasks(models, folder, context));
  }

  /**
   * Works until nothing of the share is left.
   *
   * @throws IOException when results can't be kept
   */
  public WorkResult run(Share share) throws IOException {
    long[] tasks = {0, 0};
    folder.scan(share, task -> tasks[0]++);
    Work work = new Work();
    try (Progress progress = context.progress("doing tasks", tasks[0])) {
      folder.scan(
          share,
          task -> {
            if (!stopped.getAsBoolean() && !folder.isDone(task.key())) {
              work.run(task);
            }
            progress.stepTo(++tasks[1]);
          });
    } catch (CancellationException e) {
      // what it was at is done by the next worker
    } finally {
      runners.values().forEach(TaskRunner::close);
    }
    return new WorkResult(work.done, work.failed, work.left);
  }

  private final class Work {
    private final Map<TaskKey, String> left = new LinkedHashMap<>();
    private int done;
    private int failed;

    void run(SweepTask task) throws IOException {
      Optional<TaskResult> result = result(task);
      if (result.isPresent()) {
        folder.keep(result.get());
        if (result.get().failure().isPresent()) {
          failed++;
        } else {
          done++;
        }
      }
    }

    /** The result; empty where something else than the task is at fault. */
    private Optional<TaskResult> result(SweepTask task) {
      try {
        TaskRunner runner = Objects.requireNonNull(runners.get(task.kind()));
        return Optional.of(runner.run(placed.apply(task), stopped));
      } catch (CancellationException e) {
        throw e;
      } catch (IOException
          | UncheckedIOException
          | InvalidRequestException
          | DeviceMemoryException e) {
        left.put(task.key(), FailureMessage.oneLine(FailureMessage.message(e)));
        return Optional.empty();
      } catch (RuntimeException e) {
        String why = FailureMessage.oneLine(FailureMessage.describe(e));
        return Optional.of(TaskResult.failed(task.key(), why));
      }
    }
  }

  /** The model of the last task, its weights held against what the sweep was planned with. */
  static final class OpenModel {
    private final ModelStore store;
    private @Nullable StoredModel open;
    private String key = "";

    OpenModel(ModelStore store) {
      this.store = store;
    }

    /**
     * The model of a task.
     *
     * @throws IOException when it has other weights than when the sweep was planned
     */
    StoredModel of(SweepTask task) throws IOException {
      String asked = task.model() + " " + task.sha256();
      StoredModel known = open;
      if (known == null || !asked.equals(key)) {
        known = opened(task);
        open = known;
        key = asked;
      }
      return known;
    }

    private StoredModel opened(SweepTask task) throws IOException {
      StoredModel model = Models.open(store, task.model());
      String here = model.card().weights().sha256();
      if (!here.equals(task.sha256())) {
        throw new IOException(
            "%s has other weights here (SHA-256 %s) than when the sweep was planned (%s); restore them, or plan again"
                .formatted(
                    task.model(), Sha256.abbreviate(here), Sha256.abbreviate(task.sha256())));
      }
      return model;
    }
  }

  /**
   * What a worker came to.
   *
   * @param done tasks whose result it kept
   * @param failed tasks of which it kept that they fail each time
   * @param left tasks that it could not do, by key, with the reason; they can be tried again
   */
  public record WorkResult(int done, int failed, Map<TaskKey, String> left) {
    /** Adds up both results. */
    public WorkResult plus(WorkResult other) {
      Map<TaskKey, String> all = new LinkedHashMap<>(left);
      all.putAll(other.left);
      return new WorkResult(done + other.done, failed + other.failed, all);
    }

    /** Says what came of the work, and returns the exit code. */
    int say(Environment environment) {
      environment
          .out()
          .println(
              Text.of("%,d tasks done", done)
                  + (failed > 0 ? Text.of("; %,d fail each time and are not retried", failed) : "")
                  + (left.isEmpty()
                      ? ""
                      : Text.of("; %,d could not be done and can be tried again", left.size())));
      Map<String, List<TaskKey>> byReason = new TreeMap<>();
      left.forEach((key, why) -> byReason.computeIfAbsent(why, w -> new ArrayList<>()).add(key));
      byReason.forEach(
          (why, keys) ->
              environment
                  .err()
                  .println(
                      Text.of(
                          "whisker: task %s%s: %s",
                          keys.get(0),
                          keys.size() == 1 ? "" : Text.of(" and %,d like it", keys.size() - 1),
                          why)));
      return left.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }
}
