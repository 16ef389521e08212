package org.whisker.sweep.work;

import java.util.EnumMap;
import java.util.Map;
import org.whisker.study.JobContext;
import org.whisker.sweep.SweepFolder;
import org.whisker.sweep.SweepTask;

/** Who does tasks on the models of the store. */
public final class TaskRunners {
  private TaskRunners() {}

  /** One for each kind. */
  public static Map<SweepTask.Kind, TaskRunner> stored(SweepFolder folder, JobContext context) {
    Map<SweepTask.Kind, TaskRunner> runners = new EnumMap<>(SweepTask.Kind.class);
    runners.put(SweepTask.Kind.EVOLVE, new SearchTaskRunner(context));
    runners.put(SweepTask.Kind.ARM, new ArmTaskRunner(new StoredArms(context, folder.tasks())));
    return runners;
  }
}
