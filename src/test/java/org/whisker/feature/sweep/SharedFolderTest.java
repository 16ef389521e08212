package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;

/** What a shared folder may do to workers: clocks that differ, claims of the dead. */
class SharedFolderTest {
  private static final int TASKS = 20;
  private static final Instant PAST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant FUTURE = Instant.parse("2090-01-01T00:00:00Z");

  /** What the dead are waited for. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** The living are waited for until they show it, however busy the machine is. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path path;
  private SweepFolder folder = new SweepFolder(Path.of(""));

  @BeforeEach
  void plan() throws IOException {
    folder = new SweepFolder(path);
    List<SweepTask> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(
          new SweepTask(
              key(i),
              SweepTask.Kind.ARM,
              "ablate-1",
              "arm " + i,
              "m",
              "00",
              i,
              1,
              1,
              1,
              JsonNodeFactory.instance.objectNode()));
    }
    TaskFile.write(folder.tasks(), tasks);
  }

  private static TaskKey key(int i) {
    return new TaskKey("%032x".formatted((i + 1) * 0x1234567L));
  }

  private WorkResult work(String id) throws IOException {
    return work(id, PATIENCE);
  }

  private WorkResult work(String id, Duration patience) throws IOException {
    TaskRunner runner =
        new TaskRunner() {
          @Override
          public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended)
              throws IOException {
            for (SweepTask task : tasks) {
              String table = "seed\n" + task.seed() + "\n";
              ended.accept(TaskResult.of(task.key(), Map.of("run.csv", table)));
            }
          }

          @Override
          public void close() {}
        };
    JobContext context =
        new JobContext(
            new WhiskerHome(path), TestEnvironment.CLOCK, JobListener.silent(), StopSignal.never());
    SweepWorker.Settings settings =
        new SweepWorker.Settings(id, patience, Map.of(SweepTask.Kind.ARM, runner));
    return new SweepWorker(folder, Share.all(), settings, context).run();
  }

  /** Of all claims and workers' files, as a machine with another clock would leave them. */
  private void date(Instant time) throws IOException {
    for (Path each : List.of(folder.claims(), folder.workers())) {
      try (Stream<Path> files = Files.walk(each)) {
        for (Path file : files.toList()) {
          Files.setLastModifiedTime(file, FileTime.from(time));
        }
      }
    }
  }

  private void leaveDead(int task) throws IOException {
    assertTrue(new Claims(folder.claims(), "dead").take(key(task)));
    WorkerState state = new WorkerState("dead");
    JsonFile.write(folder.workers().resolve("dead.json"), state.next());
  }

  @Test
  void claimsOfTheDeadAreTakenOverWhateverTheirTime() throws IOException {
    for (Instant time : List.of(FUTURE, PAST)) {
      folder = new SweepFolder(Files.createDirectory(path.resolve("" + time.getEpochSecond())));
      Files.copy(path.resolve(TaskFile.NAME), folder.tasks());
      leaveDead(0);
      leaveDead(7);
      date(time);
      WorkResult result = work("a");
      assertEquals(TASKS, result.done());
      assertEquals(0, result.elsewhere());
      assertEquals(TASKS, folder.succeeded().size());
      assertEquals(List.of(), SweepFolder.names(folder.claims()));
      assertEquals(0, SweepStatus.of(folder).left());
    }
  }

  @Test
  @SuppressWarnings("try") // the heart beats by itself
  void theLivingAreLeftAloneWhateverTheirClock() throws IOException {
    for (Instant time : List.of(FUTURE, PAST)) {
      String id = "alive-" + time.getEpochSecond();
      folder = new SweepFolder(Files.createDirectory(path.resolve(id)));
      Files.copy(path.resolve(TaskFile.NAME), folder.tasks());
      assertTrue(new Claims(folder.claims(), id).take(key(3)));
      try (Heartbeat beat = Heartbeat.begin(folder.workers(), new WorkerState(id), PATIENCE)) {
        date(time);
        WorkResult result = work("a", LONG);
        assertEquals(TASKS - 1, result.done());
        assertEquals(1, result.elsewhere());
      }
    }
  }

  /** All tasks are claimed by one that is no more, and several find that out at one moment. */
  @Test
  void whatSeveralTakeOverIsCountedOnce() throws Exception {
    for (int i = 0; i < TASKS; i++) {
      leaveDead(i);
    }
    var threads = Executors.newFixedThreadPool(3);
    List<Future<WorkResult>> workers = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      workers.add(threads.submit(() -> work(id)));
    }
    for (Future<WorkResult> worker : workers) {
      assertEquals(List.of(), worker.get().conflicts());
    }
    threads.shutdown();
    work("d");
    SweepStatus status = SweepStatus.of(folder);
    assertEquals(TASKS, status.done());
    assertEquals(0, status.left());
    assertEquals(0, status.conflicts());
  }

  @Test
  void aClaimThatIsReleasedAndTakenMeanwhileIsRead(@TempDir Path claims) throws Exception {
    Claims other = new Claims(claims, "other");
    var thread = Executors.newSingleThreadExecutor();
    AtomicBoolean enough = new AtomicBoolean();
    Future<?> busy =
        thread.submit(
            () -> {
              while (!enough.get()) {
                other.takeOver(key(0));
              }
              return null;
            });
    try {
      for (int i = 0; i < 20_000; i++) {
        String owner = other.owner(key(0)).orElse("");
        assertTrue(owner.isEmpty() || owner.equals("other"), owner);
      }
    } finally {
      enough.set(true);
      busy.get();
      thread.shutdown();
    }
  }

  @Test
  void filesThatDeadWritersLeftAreNeitherResultsNorInTheWay() throws IOException {
    for (int i = 0; i < 2; i++) {
      Path place = path.resolve("results/" + key(i).digits().substring(0, 2));
      Files.createDirectories(place);
      // also the temporary file of a worker of the same name
      Files.writeString(place.resolve("." + key(i) + ".json.a.partial"), "{\"ke");
    }
    assertEquals(0, folder.succeeded().size());
    assertEquals(TASKS, work("a").done());
    for (int i = 0; i < TASKS; i++) {
      assertEquals("seed\n" + i + "\n", folder.find(key(i)).orElseThrow().table("run.csv"));
    }
  }
}
