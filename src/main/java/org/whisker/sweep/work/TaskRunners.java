package org.whisker.sweep.work;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.whisker.study.JobContext;
import org.whisker.sweep.SweepFolder;
import org.whisker.sweep.SweepTask;

/** Who does tasks on models. */
public final class TaskRunners {
  private TaskRunners() {}

  /** One for each kind, on the models of the store. */
  public static Map<SweepTask.Kind, TaskRunner> stored(SweepFolder folder, JobContext context) {
    return on(OpenModels.stored(context.home()), folder.tasks(), context);
  }

  /**
   * One for each kind, for one thread.
   *
   * @param models that may be shared with others
   * @param file of the tasks, for messages
   */
  public static Map<SweepTask.Kind, TaskRunner> on(
      OpenModels models, Path file, JobContext context) {
    Map<SweepTask.Kind, TaskRunner> runners = new EnumMap<>(SweepTask.Kind.class);
    runners.put(SweepTask.Kind.EVOLVE, new SearchTaskRunner(models));
    runners.put(SweepTask.Kind.ARM, new ArmTaskRunner(new StoredArms(context, models, file)));
    return runners;
  }
}
