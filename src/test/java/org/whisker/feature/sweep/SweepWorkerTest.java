package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.sweep.Presence.Claims;
import org.whisker.feature.sweep.Presence.Heartbeat;
import org.whisker.feature.sweep.Presence.WorkerState;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.SweepWorker.Share;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;

class SweepWorkerTest {
  private static final int TASKS = 30;

  @TempDir Path path;
  private SweepFolder folder = new SweepFolder(Path.of(""));

  @BeforeEach
  void plan() throws IOException {
    folder = new SweepFolder(path);
    List<SweepTask> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      // three of a kind, of which two go together
      tasks.add(task(i));
    }
    TaskFile.write(folder.tasks(), tasks);
  }

  private static SweepTask task(int i) {
    return new SweepTask(
        key(i),
        SweepTask.Kind.ARM,
        "ablate-1",
        "arm " + i / 3,
        "m",
        "00",
        i,
        100,
        1,
        2,
        JsonNodeFactory.instance.objectNode());
  }

  private static TaskKey key(int i) {
    return new TaskKey("%032x".formatted(i * 0x1234567L));
  }

  /** Writes down what it did; what it does is decided by the seed. */
  private static class Stub implements TaskRunner {
    final List<TaskKey> done = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    boolean closed;

    @Override
    public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException {
      batches.add(tasks.size());
      for (SweepTask task : tasks) {
        done.add(task.key());
        ended.accept(result(task));
      }
    }

    TaskResult result(SweepTask task) throws IOException {
      return TaskResult.of(task.key(), Map.of("run.csv", "seed\n" + task.seed() + "\n"));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Of a worker that waits for the living until they show it, however busy the machine is. */
  private WorkResult patient(String id, TaskRunner runner) throws IOException {
    return work(id, runner, Share.all(), StopSignal.never(), Duration.ofMinutes(5));
  }

  private WorkResult work(String id, TaskRunner runner, Share share, StopSignal stop)
      throws IOException {
    return work(id, runner, share, stop, Duration.ofMillis(300));
  }

  private WorkResult work(
      String id, TaskRunner runner, Share share, StopSignal stop, Duration patience)
      throws IOException {
    JobContext context =
        new JobContext(new WhiskerHome(path), TestEnvironment.CLOCK, JobListener.silent(), stop);
    SweepWorker.Settings settings =
        new SweepWorker.Settings(id, patience, Map.of(SweepTask.Kind.ARM, runner));
    return new SweepWorker(folder, share, settings, context).run();
  }

  private WorkResult work(String id, TaskRunner runner) throws IOException {
    return work(id, runner, Share.all(), StopSignal.never());
  }

  /** Nobody ever writes into it: whoever opened it would wait for ever. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeAmongClaimsIsNamed() throws Exception {
    Files.createDirectories(folder.claims());
    Path pipe = folder.claims().resolve(key(0).digits());
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Claims claims = new Claims(folder.claims(), "worker");
    String said = pipe + " is no file of a claim; remove it";
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          assertEquals(
              said, assertThrows(IOException.class, () -> SweepStatus.of(folder)).getMessage());
          assertEquals(
              said, assertThrows(IOException.class, () -> claims.owner(key(0))).getMessage());
          assertFalse(claims.take(key(0)));
        });
    claims.release(key(0));
    assertTrue(claims.take(key(0)));
  }

  /** Names come from lists of tasks, which anybody may have written. */
  @Test
  void noNameLeadsOutOfTheFolder() throws IOException {
    Files.createDirectories(path.resolve("x"));
    Files.writeString(path.resolve("x/model.json"), "{}");
    SweepFolder inner = new SweepFolder(path.resolve("sweep"));
    assertThrows(IOException.class, () -> new TrainedNetworks(inner).find("../../x"));
    assertThrows(IOException.class, () -> inner.create("../key", new byte[1], "worker"));
    assertTrue(Files.exists(path.resolve("x/model.json")) && Files.notExists(path.resolve("key")));
  }

  @Test
  void doesEachTaskOnceInBatchesOfItsKind() throws IOException {
    Stub stub = new Stub();
    WorkResult result = work("a", stub);
    assertEquals(TASKS, result.done());
    assertEquals(TASKS, new HashSet<>(stub.done).size());
    assertEquals(List.of(2, 1, 2, 1), stub.batches.subList(0, 4));
    assertTrue(stub.closed);
    assertEquals(Set.copyOf(stub.done), folder.succeeded());
    assertEquals("seed\n7\n", folder.find(key(7)).orElseThrow().tables().get("run.csv"));
    Stub again = new Stub();
    assertEquals(0, work("b", again).done());
    assertEquals(List.of(), again.done);
    assertEquals(List.of(), SweepFolder.names(folder.claims()));
  }

  @Test
  void shardsAreDisjointAndWhole() throws IOException {
    List<String> all = new ArrayList<>();
    for (int shard = 1; shard <= 3; shard++) {
      Stub stub = new Stub();
      work("s" + shard, stub, Share.parse(shard + "/3"), StopSignal.never());
      assertTrue(stub.done.size() > 5, "shard of " + stub.done.size());
      stub.done.forEach(key -> all.add(key.digits()));
    }
    assertEquals(TASKS, all.size());
    assertEquals(TASKS, new HashSet<>(all).size());
  }

  @Test
  void aListOfKeysIsAllThatIsDone() throws IOException {
    Stub stub = new Stub();
    work("a", stub, Share.of(Set.of(key(4), key(11))), StopSignal.never());
    assertEquals(List.of(key(4), key(11)), stub.done);
  }

  @Test
  void whatFailsInTheSameWordsIsKeptAndNotRetried() throws IOException {
    Stub failing =
        new Stub() {
          @Override
          TaskResult result(SweepTask task) throws IOException {
            return task.seed() == 5
                ? TaskResult.failed(task.key(), "no such place")
                : super.result(task);
          }
        };
    WorkResult result = work("a", failing);
    assertEquals(TASKS - 1, result.done());
    assertEquals(1, result.failed());
    assertEquals(2, failing.done.stream().filter(key(5)::equals).count());
    assertEquals(Set.of(key(5)), folder.failed());
    assertEquals("no such place", folder.find(key(5)).orElseThrow().failure().orElseThrow());
    Stub again = new Stub();
    work("b", again);
    assertEquals(List.of(), again.done);
  }

  @Test
  void whatThrowsEachTimeIsAFailureOfTheTaskAlone() throws IOException {
    Stub throwing =
        new Stub() {
          @Override
          TaskResult result(SweepTask task) throws IOException {
            if (task.seed() == 6) {
              throw new IllegalStateException("odd");
            }
            return super.result(task);
          }
        };
    WorkResult result = work("a", throwing);
    assertEquals(TASKS - 1, result.done()); // also the neighbour in its batch
    assertEquals(Set.of(key(6)), folder.failed());
  }

  /** What anybody put among the results has no key, and counts for nothing. */
  @Test
  void onlyFilesWithAKeyAreResults() throws IOException {
    for (String name : List.of("results/no/notes.json", "failed/x/..json", "conflicts/README")) {
      Path file = path.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, "{}");
    }
    assertEquals(Set.of(), folder.finished());
    assertEquals(Set.of(), folder.conflicts());
    assertEquals(TASKS, SweepStatus.of(folder).left());
  }

  /** As a node of an engine sends it. */
  @Test
  void aResultGoesThroughJson() throws IOException {
    WorkResult result =
        new WorkResult(1, 2, Map.of(key(3), "the disk is full"), List.of(key(4)), 0, false);
    JsonMapper mapper = new JsonMapper();
    String text = mapper.writeValueAsString(result);
    assertEquals(result, mapper.readValue(text, WorkResult.class));
    String hostile = text.replace(key(4).digits(), "../../key");
    assertThrows(IOException.class, () -> mapper.readValue(hostile, WorkResult.class));
  }

  @Test
  void otherFailuresAreLeftForTheNextWorker() throws IOException {
    Map<TaskKey, Integer> tries = new HashMap<>();
    Stub flaky =
        new Stub() {
          @Override
          TaskResult result(SweepTask task) throws IOException {
            int number = tries.merge(task.key(), 1, Integer::sum);
            if (task.seed() == 3) {
              throw new IOException("the disk is away");
            }
            return task.seed() == 8
                ? TaskResult.failed(task.key(), "another reason, " + number)
                : super.result(task);
          }
        };
    WorkResult result = work("a", flaky);
    assertEquals(Set.of(key(3), key(4), key(8)), result.left().keySet()); // 4: in the same batch
    assertEquals("the disk is away", result.left().get(key(3)));
    assertEquals(Set.of(), folder.failed());
    assertEquals(3, work("b", new Stub()).done());
    assertEquals(TASKS, folder.succeeded().size());
  }

  @Test
  void aWorkerThatCanDoNothingEnds() {
    Stub broken =
        new Stub() {
          @Override
          TaskResult result(SweepTask task) throws IOException {
            throw new IOException("no model");
          }
        };
    IOException e = assertThrows(IOException.class, () -> work("a", broken));
    assertTrue(String.valueOf(e.getMessage()).contains("3 batches in a row"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("no model"), e.getMessage());
    assertEquals(3, broken.done.size());
  }

  @Test
  void aResultThatCannotBeKeptEndsTheWorker() throws IOException {
    Files.writeString(path.resolve("results"), "in the way");
    Stub stub = new Stub();
    IOException e = assertThrows(IOException.class, () -> work("a", stub));
    assertTrue(String.valueOf(e.getMessage()).contains("could not be written"), e.getMessage());
    assertEquals(1, stub.done.size());
    Files.delete(path.resolve("results"));
    assertEquals(TASKS, work("b", new Stub()).done());
  }

  @Test
  void aSecondResultThatDiffersIsAnErrorAndBothAreKept() throws IOException {
    Stub first = new Stub();
    Stub other =
        new Stub() {
          @Override
          TaskResult result(SweepTask task) throws IOException {
            if (task.seed() == 0) {
              // meanwhile another worker, which took this one for dead, does the same tasks
              folder.keep(first.result(task), "b");
              return TaskResult.of(task.key(), Map.of("run.csv", "seed\n-1\n"));
            }
            if (task.seed() == 1) {
              folder.keep(first.result(task), "b"); // and comes to the same
            }
            return super.result(task);
          }
        };
    WorkResult result = work("a", other);
    assertEquals(List.of(key(0)), result.conflicts());
    assertEquals("seed\n0\n", folder.find(key(0)).orElseThrow().tables().get("run.csv"));
    List<String> kept = SweepFolder.names(path.resolve("conflicts"));
    assertEquals(1, kept.size());
    assertTrue(Files.readString(path.resolve("conflicts").resolve(kept.get(0))).contains("-1"));
    assertEquals(Set.of(key(0)), folder.conflicts());
    assertEquals(1, SweepStatus.of(folder).conflicts());
  }

  @Test
  void whatADeadWorkerWasBusyWithIsDone() throws IOException {
    assertTrue(new Claims(folder.claims(), "dead").take(key(0)));
    assertTrue(new Claims(folder.claims(), "").take(key(3))); // killed while it wrote its claim
    Stub stub = new Stub();
    WorkResult result = work("a", stub);
    assertEquals(TASKS, result.done());
    assertEquals(0, result.elsewhere());
    assertEquals(List.of(), SweepFolder.names(folder.claims()));
  }

  @Test
  @SuppressWarnings("try") // the heart beats by itself
  void whatALivingWorkerIsBusyWithIsLeftToIt() throws IOException {
    assertTrue(new Claims(folder.claims(), "alive").take(key(0)));
    WorkerState state = new WorkerState("alive");
    try (Heartbeat beat = Heartbeat.begin(folder.workers(), state, Duration.ofMillis(300))) {
      Stub stub = new Stub();
      WorkResult result = patient("a", stub);
      assertEquals(TASKS - 2, result.done());
      assertEquals(1, result.elsewhere());
      assertFalse(folder.isDone(key(0)));
      SweepStatus status = SweepStatus.of(folder);
      assertEquals(2, status.left());
      assertEquals(List.of("alive"), status.workers().stream().map(w -> w.id()).toList());
      assertTrue(status.secondsLeft().isPresent());
    }
  }

  @Test
  @SuppressWarnings("try") // the heart beats by itself
  void whatALivingWorkerEndedMeanwhileIsNotWaitedFor() throws IOException {
    Claims other = new Claims(folder.claims(), "alive");
    assertTrue(other.take(key(0)));
    WorkerState state = new WorkerState("alive");
    try (Heartbeat beat = Heartbeat.begin(folder.workers(), state, Duration.ofMillis(300))) {
      Stub stub =
          new Stub() {
            @Override
            TaskResult result(SweepTask task) throws IOException {
              if (task.seed() == TASKS - 1) {
                folder.keep(super.result(task(0)), "alive");
                folder.keep(super.result(task(1)), "alive");
                other.release(key(0));
              }
              return super.result(task);
            }
          };
      WorkResult result = patient("a", stub);
      assertEquals(TASKS - 2, result.done());
      assertEquals(0, result.elsewhere());
    }
  }

  @Test
  void stoppedItKeepsWhatIsDone() throws IOException {
    Stub stub = new Stub();
    StopSignal soon = () -> () -> stub.done.size() >= 5;
    WorkResult result = work("a", stub, Share.all(), soon);
    assertTrue(result.stopped());
    assertEquals(5, result.done());
    assertEquals(List.of(), SweepFolder.names(folder.claims()));
  }

  @Test
  void halfWrittenFilesAreNoResults() throws IOException {
    Path half = folder.path().resolve("results/00");
    Files.createDirectories(half);
    Files.writeString(half.resolve("." + key(0) + ".json.dead.partial"), "{\"key\":");
    assertEquals(Set.of(), folder.succeeded());
    assertEquals(TASKS, work("a", new Stub()).done());
    Files.writeString(half.resolve(key(0) + ".json"), "{\"key\":");
    IOException e = assertThrows(IOException.class, () -> folder.find(key(0)));
    assertTrue(
        String.valueOf(e.getMessage()).contains("remove it, and work again"), e.getMessage());
  }
}
