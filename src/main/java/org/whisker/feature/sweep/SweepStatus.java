package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.feature.sweep.Presence.Claims;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.io.JsonFile;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * How far a sweep is.
 *
 * @param total the number of tasks
 * @param done the number of tasks that have a result
 * @param failed the number of tasks that fail each time
 * @param conflicts the number of tasks that have two results which differ
 * @param plannedLeft seconds of one process that were planned for the rest
 * @param workers the workers that are busy, with what each of them says
 * @param slowness how much longer tasks took than was planned; empty where none was done
 */
public record SweepStatus(
    long total,
    long done,
    long failed,
    long conflicts,
    double plannedLeft,
    List<Worker> workers,
    OptionalDouble slowness) {
  public SweepStatus {
    workers = List.copyOf(workers);
  }

  /** A worker that has claimed something. */
  public record Worker(
      @Column(value = "worker", meaning = "its name") String id,
      @Column(meaning = "tasks that it has done") long done,
      @Column(meaning = "the task that it is at") String task) {
    public static final Table<Worker> TABLE = Table.of(Worker.class);
  }

  /** Tasks that have neither a result nor a failure. */
  public long left() {
    return total - done - failed;
  }

  /**
   * Seconds until all is done, if the busy workers go on as fast as workers were so far; empty
   * where none has done anything, or none is busy.
   */
  public OptionalDouble secondsLeft() {
    return slowness.isEmpty() || workers.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(plannedLeft * slowness.getAsDouble() / workers.size());
  }

  public static SweepStatus of(SweepFolder folder) throws IOException {
    Set<TaskKey> succeeded = folder.succeeded();
    Set<TaskKey> failures = folder.failed();
    Set<TaskKey> conflicts = new HashSet<>(failures);
    conflicts.retainAll(succeeded);
    conflicts.addAll(folder.conflicts());
    Counting counting = new Counting(succeeded, failures);
    TaskFile.scan(
        folder.tasks(),
        (task, index) -> {
          counting.count(task.key(), task.seconds());
          return true;
        });
    List<JsonNode> workers = workers(folder);
    return new SweepStatus(
        counting.total,
        counting.done,
        counting.failed,
        conflicts.size(),
        counting.plannedLeft,
        busy(folder, workers),
        slowness(workers));
  }

  private static final class Counting {
    private final Set<TaskKey> succeeded;
    private final Set<TaskKey> failures;
    private long total;
    private long done;
    private long failed;
    private double plannedLeft;

    Counting(Set<TaskKey> succeeded, Set<TaskKey> failures) {
      this.succeeded = succeeded;
      this.failures = failures;
    }

    void count(TaskKey key, double seconds) {
      total++;
      if (succeeded.contains(key)) {
        done++;
      } else if (failures.contains(key)) {
        failed++;
      } else {
        plannedLeft += seconds;
      }
    }
  }

  private static List<JsonNode> workers(SweepFolder folder) throws IOException {
    List<JsonNode> workers = new ArrayList<>();
    for (String name : SweepFolder.names(folder.workers())) {
      if (Files.isRegularFile(folder.workers().resolve(name))) {
        workers.add(JsonFile.read(folder.workers().resolve(name)));
      }
    }
    return workers;
  }

  private static List<Worker> busy(SweepFolder folder, List<JsonNode> workers) throws IOException {
    Set<String> owners = new HashSet<>();
    for (String claim : SweepFolder.names(folder.claims())) {
      Claims.text(folder.claims().resolve(claim)).ifPresent(owners::add); // or given back meanwhile
    }
    return workers.stream()
        .filter(worker -> owners.contains(worker.path("worker").asText()))
        .map(
            worker ->
                new Worker(
                    worker.path("worker").asText(),
                    worker.path("done").asLong(),
                    worker.path("task").asText()))
        .sorted(Comparator.comparing(Worker::id))
        .toList();
  }

  /** How much longer tasks took than was planned. */
  private static OptionalDouble slowness(List<JsonNode> workers) {
    double busy = workers.stream().mapToDouble(w -> w.path("busy_seconds").asDouble()).sum();
    double planned = workers.stream().mapToDouble(w -> w.path("planned_seconds").asDouble()).sum();
    return planned > 0 ? OptionalDouble.of(busy / planned) : OptionalDouble.empty();
  }

  /** How far a sweep is. */
  public record StatusRow(
      @Column(meaning = "tasks") long total,
      @Column(meaning = "tasks that have a result") long done,
      @Column(meaning = "tasks that fail each time") long failed,
      @Column(meaning = "tasks that have neither") long left,
      @Column(meaning = "tasks that have two results which differ") long conflicts,
      @Column(
              unit = "s",
              meaning = "until all is done, at the pace so far; empty where there is none")
          OptionalDouble secondsLeft) {
    public static final Table<StatusRow> TABLE = Table.of(StatusRow.class);
  }
}
