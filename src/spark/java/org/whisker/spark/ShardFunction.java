package org.whisker.spark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.LongAccumulator;
import org.whisker.feature.sweep.Numerics;
import org.whisker.feature.sweep.SweepFolder;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepFolder.SweepManifest;
import org.whisker.feature.sweep.SweepTask;
import org.whisker.feature.sweep.SweepWorker;
import org.whisker.feature.sweep.SweepWorker.WorkResult;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;

/**
 * Does a shard on an executor, and hands the driver counts and reasons as text, which any
 * serializer of Spark takes. A task that can't be done is among the reasons, and ends no other.
 */
final class ShardFunction implements Function<Integer, String> {
  private static final long serialVersionUID = 1;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String folder;
  private final String home;
  private final int shards;
  private final LongAccumulator done;

  /**
   * A function.
   *
   * @param home with the models
   * @param done counts shards, for those who watch
   */
  ShardFunction(String folder, String home, int shards, LongAccumulator done) {
    this.folder = folder;
    this.home = home;
    this.shards = shards;
    this.done = done;
  }

  @Override
  public String call(Integer shard) throws IOException {
    SweepFolder sweep = new SweepFolder(Path.of(folder));
    SweepManifest manifest = sweep.manifest();
    Numerics numerics = manifest.numerics();
    numerics.checkProcessor();
    if (!numerics.holdIn(System.getenv())) {
      throw new IOException(
          "executors need the variables of portable numerics from their beginning, and this cluster"
              + " does not hand spark.executorEnv on: "
              + numerics.environment());
    }
    manifest.check();
    TaskContext context = TaskContext.get();
    JobContext quiet =
        new JobContext(
            WhiskerHome.of(home),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), // no run depends on the time
            JobListener.silent(),
            () -> context::isInterrupted);
    WorkResult result =
        new SweepWorker(sweep, quiet, task -> placed(task, numerics, context))
            .run(new Share(shard, shards));
    done.add(1);
    return MAPPER.writeValueAsString(result);
  }

  /** On the GPU that Spark gave this task, where the sweep is for GPUs and Spark knows them. */
  private static SweepTask placed(SweepTask task, Numerics numerics, TaskContext context) {
    String device = numerics.on().device();
    ResourceInformation gpu = context.resourcesJMap().get(device);
    return gpu == null || gpu.addresses().length == 0
        ? task
        : task.on(device + ":" + gpu.addresses()[0]);
  }

  static WorkResult result(String text) throws IOException {
    return MAPPER.readValue(text, WorkResult.class);
  }
}
