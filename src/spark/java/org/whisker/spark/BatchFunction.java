package org.whisker.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.LongAccumulator;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepTask;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.job.FailureMessage;

/**
 * Does the batches of a partition, which is one, and hands the driver keys and counts alone. What
 * may go better elsewhere is thrown, so that Spark tries it again; the last attempt says instead
 * what is left, since one task that is thrown too often ends the others as well.
 */
final class BatchFunction implements FlatMapFunction<Iterator<String>, String> {
  private static final long serialVersionUID = 1;
  private static final String GPU = "gpu";

  private final NodeSettings settings;
  private final LongAccumulator done;

  /**
   * A function.
   *
   * @param done counts tasks, for those who watch
   */
  BatchFunction(NodeSettings settings, LongAccumulator done) {
    this.settings = settings;
    this.done = done;
  }

  @Override
  public Iterator<String> call(Iterator<String> batches) throws IOException {
    List<String> results = new ArrayList<>();
    while (batches.hasNext()) {
      List<SweepTask> tasks = BatchText.tasks(batches.next());
      results.add(BatchText.of(result(tasks, TaskContext.get())));
      done.add(tasks.size());
    }
    return results.iterator();
  }

  private WorkResult result(List<SweepTask> tasks, TaskContext context) throws IOException {
    boolean last = context.attemptNumber() + 1 >= settings.attempts();
    WorkResult result;
    try {
      result = run(tasks, context);
    } catch (IOException | UncheckedIOException e) {
      if (!last) {
        throw e;
      }
      return left(tasks, FailureMessage.oneLine(FailureMessage.message(e)));
    }
    if (!result.left().isEmpty() && !last) {
      throw new IOException(result.left().values().iterator().next());
    }
    return result;
  }

  private WorkResult run(List<SweepTask> tasks, TaskContext context) throws IOException {
    BooleanSupplier stopped = context::isInterrupted;
    String device = device(context);
    List<SweepTask> placed =
        device.equals(settings.device())
            ? tasks
            : tasks.stream().map(task -> task.on(device)).toList();
    return Node.of(settings).run(placed, device, stopped);
  }

  /** The GPU that Spark gave this task, where the sweep is for GPUs and Spark knows them. */
  private String device(TaskContext context) {
    ResourceInformation gpu = context.resourcesJMap().get(GPU);
    return !settings.device().equals(GPU) || gpu == null || gpu.addresses().length == 0
        ? settings.device()
        : GPU + ":" + gpu.addresses()[0];
  }

  private static WorkResult left(List<SweepTask> tasks, String why) {
    Map<TaskKey, String> left = new LinkedHashMap<>();
    tasks.forEach(task -> left.put(task.key(), why));
    return new WorkResult(0, 0, left, List.of(), 0, false);
  }
}
