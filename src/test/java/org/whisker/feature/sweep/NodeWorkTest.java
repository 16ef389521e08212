package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepFolder.TaskFile;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;

class NodeWorkTest {
  @TempDir Path path;
  private SweepFolder folder = new SweepFolder(Path.of(""));
  private final List<Stub> made = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void folder() {
    folder = new SweepFolder(path);
  }

  private static SweepTask task(int i) {
    return new SweepTask(
        new TaskKey("%032x".formatted(i)),
        SweepTask.Kind.ARM,
        "ablate-1",
        "arm",
        "m",
        "00",
        i,
        100,
        1,
        2,
        JsonNodeFactory.instance.objectNode());
  }

  /** What it does is decided by the seed. */
  private class Stub implements TaskRunner {
    final List<Long> done = Collections.synchronizedList(new ArrayList<>());
    boolean closed;

    @Override
    public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException {
      for (SweepTask task : tasks) {
        if (task.seed() == 66) {
          throw new IOException("the disk is full");
        }
        done.add(task.seed());
        duringTask();
        ended.accept(
            task.seed() == 13
                ? TaskResult.failed(task.key(), "no founders")
                : TaskResult.of(task.key(), Map.of("run.csv", "seed\n" + task.seed() + "\n")));
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** What else happens while a task is done. */
  private Runnable during = () -> {};

  private void duringTask() {
    during.run();
  }

  private NodeWork node(Presence presence) {
    return new NodeWork(
        folder,
        presence,
        () -> {
          Stub stub = new Stub();
          made.add(stub);
          return Map.of(SweepTask.Kind.ARM, stub);
        });
  }

  @Test
  void whatIsOpenStaysOpenForTheNextBatchOfItsDevice() throws IOException {
    try (NodeWork node = node(Presence.hidden("a"))) {
      assertEquals(2, node.run(List.of(task(1), task(2)), "gpu:0", () -> false).done());
      assertEquals(1, node.run(List.of(task(3)), "gpu:0", () -> false).done());
      assertEquals(1, made.size());
      node.run(List.of(task(4)), "gpu:1", () -> false);
      assertEquals(2, made.size());
      assertFalse(made.get(0).closed);
    }
    assertTrue(made.stream().allMatch(stub -> stub.closed));
    assertEquals(4, folder.succeeded().size());
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws IOException {
    try (NodeWork node = node(Presence.hidden("a"))) {
      node.run(List.of(task(1)), "cpu", () -> false);
      assertEquals(1, node.run(List.of(task(1), task(2)), "cpu", () -> false).done());
      assertEquals(List.of(1L, 2L), made.get(0).done);
      assertEquals(WorkResult.none(), node.run(List.of(task(1)), "cpu", () -> false));
    }
  }

  @Test
  void whatFailsEachTimeIsKeptAndWhatMayGoBetterElsewhereIsLeft() throws IOException {
    try (NodeWork node = node(Presence.hidden("a"))) {
      WorkResult failed = node.run(List.of(task(13)), "cpu", () -> false);
      assertEquals(1, failed.failed());
      assertEquals(Map.of(), failed.left());
      assertEquals(Set.of(task(13).key()), folder.failed());
      WorkResult left = node.run(List.of(task(66), task(67)), "cpu", () -> false);
      assertEquals(Set.of(task(66).key(), task(67).key()), left.left().keySet());
      assertEquals("the disk is full", left.left().get(task(66).key()));
      assertEquals(Set.of(task(13).key()), folder.finished());
      WorkResult sum = failed.plus(left).plus(WorkResult.cut());
      assertEquals(new WorkResult(0, 1, left.left(), List.of(), 0, true), sum);
    }
  }

  @Test
  void threadsWorkAtOnceWithRunnersOfTheirOwn() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    during =
        () -> {
          try {
            both.await(5, TimeUnit.MINUTES); // one after the other, they would never meet
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (NodeWork node = node(Presence.hidden("a"))) {
      Future<WorkResult> one = threads.submit(() -> node.run(List.of(task(1)), "cpu", () -> false));
      Future<WorkResult> two = threads.submit(() -> node.run(List.of(task(2)), "cpu", () -> false));
      assertEquals(2, one.get().plus(two.get()).done());
      assertEquals(2, made.size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theStatusShowsWhatANodeDoes() throws IOException {
    TaskFile.write(folder.tasks(), List.of(task(1), task(2)));
    List<SweepStatus> seen = new ArrayList<>();
    during =
        () -> {
          try {
            seen.add(SweepStatus.of(folder));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    try (NodeWork node = node(Presence.in(folder, "spark-1", Duration.ofMillis(60)))) {
      node.run(List.of(task(1)), "cpu", () -> false);
    }
    assertEquals("spark-1", seen.get(0).workers().get(0).id());
    SweepStatus after = SweepStatus.of(folder);
    assertEquals(List.of(), after.workers());
    assertEquals(1, after.done());
    assertTrue(after.slowness().isPresent());
  }

  @Test
  void aTaskMovesToAnotherDeviceUnderItsKey() {
    SweepTask arm =
        new SweepTask(
            new TaskKey("0123456789abcdef0123456789abcdef"),
            SweepTask.Kind.ARM,
            "g",
            "w",
            "m",
            "00",
            1,
            1,
            1,
            1,
            JsonNodeFactory.instance
                .objectNode()
                .set(
                    "ablate",
                    JsonNodeFactory.instance
                        .objectNode()
                        .set("on", JsonNodeFactory.instance.objectNode().put("device", "gpu"))));
    assertEquals("gpu:1", arm.on("gpu:1").configuration().at("/ablate/on/device").asText());
    assertEquals("gpu", arm.configuration().at("/ablate/on/device").asText());
    assertEquals(arm.key(), arm.on("gpu:1").key());
  }
}
