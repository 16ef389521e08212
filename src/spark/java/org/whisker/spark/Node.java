package org.whisker.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.whisker.feature.sweep.NodeWork;
import org.whisker.feature.sweep.Numerics;
import org.whisker.feature.sweep.OpenModels;
import org.whisker.feature.sweep.Presence;
import org.whisker.feature.sweep.ResultStore;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepFolder;
import org.whisker.feature.sweep.SweepTask;
import org.whisker.feature.sweep.TaskRunners;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;

/**
 * What a process that does tasks holds. Static: an executor lives longer than any task, and nothing
 * else of whisker's lives in it; the models would otherwise be opened for each task anew.
 */
final class Node {
  private static final Map<NodeSettings, Node> NODES = new HashMap<>();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** No run depends on the time. */
  private static final Clock NO_CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final NodeWork work;

  private Node(NodeWork work) {
    this.work = work;
  }

  /**
   * That of this process.
   *
   * @throws IOException when it is another whisker, or computes otherwise, than the sweep's keys
   *     say
   */
  static Node of(NodeSettings settings) throws IOException {
    synchronized (NODES) {
      Node known = NODES.get(settings);
      if (known == null) {
        known = open(settings);
        NODES.put(settings, known);
      }
      return known;
    }
  }

  private static Node open(NodeSettings settings) throws IOException {
    check(settings.numerics());
    settings.versions().check();
    SweepFolder folder = new SweepFolder(Path.of(settings.folder()));
    boolean shared = settings.results().isEmpty();
    JobContext context =
        new JobContext(
            WhiskerHome.of(settings.home()), NO_CLOCK, JobListener.silent(), StopSignal.never());
    OpenModels models =
        settings.modelsAreSent() ? SentModels.received() : OpenModels.stored(context.home());
    ResultStore results = shared ? folder : HadoopResults.of(settings.results());
    Presence presence =
        shared ? Presence.in(folder, id(settings), PATIENCE) : Presence.hidden(id(settings));
    TaskRunners.Place place =
        shared
            ? TaskRunners.Place.in(folder)
            : new TaskRunners.Place(
                folder.tasks(), results, Files.createTempDirectory("whisker-training"));
    return new Node(new NodeWork(results, presence, () -> TaskRunners.on(models, place, context)));
  }

  private static void check(Numerics numerics) throws IOException {
    numerics.checkProcessor();
    if (!numerics.holdIn(System.getenv())) {
      throw new IOException(
          "executors need the variables of portable numerics from their beginning, and this cluster"
              + " does not hand spark.executorEnv on: "
              + numerics.environment());
    }
  }

  /** Unlike any other: of two applications, two attempts, two machines. */
  private static String id(NodeSettings settings) {
    return "spark-%s-%s-%s-%s"
        .formatted(
            settings.application().replaceAll("[^\\w.-]", "_"),
            SparkEnv.get().executorId(),
            ProcessHandle.current().pid(),
            System.nanoTime());
  }

  WorkResult run(List<SweepTask> tasks, String device, BooleanSupplier stopped) throws IOException {
    return work.run(tasks, device, stopped);
  }

  /** Closes what this process holds. */
  static void closeAll() {
    synchronized (NODES) {
      NODES.values().forEach(node -> node.work.close());
      NODES.clear();
    }
  }
}
