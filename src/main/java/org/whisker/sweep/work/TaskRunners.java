package org.whisker.sweep.work;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.whisker.study.JobContext;
import org.whisker.sweep.ResultStore;
import org.whisker.sweep.SweepFolder;
import org.whisker.sweep.SweepTask;

/** Who does tasks on models. */
public final class TaskRunners {
  private TaskRunners() {}

  /** One for each kind, on the models of the store. */
  public static Map<SweepTask.Kind, TaskRunner> stored(SweepFolder folder, JobContext context) {
    return on(OpenModels.stored(context.home()), Place.in(folder), context);
  }

  /**
   * Where tasks come from and what they leave.
   *
   * @param file of the tasks, for messages
   * @param networks where those that are trained are kept
   * @param trainings where their checkpoints lie meanwhile; in a folder that others share, they go
   *     on with what one has left
   */
  public record Place(Path file, ResultStore networks, Path trainings) {
    /** All in the sweep's folder. */
    public static Place in(SweepFolder folder) {
      return new Place(folder.tasks(), folder, folder.path().resolve("training"));
    }
  }

  /**
   * One for each kind, for one thread.
   *
   * @param models that may be shared with others
   */
  public static Map<SweepTask.Kind, TaskRunner> on(
      OpenModels models, Place place, JobContext context) {
    Map<SweepTask.Kind, TaskRunner> runners = new EnumMap<>(SweepTask.Kind.class);
    runners.put(SweepTask.Kind.EVOLVE, new SearchTaskRunner(models));
    runners.put(
        SweepTask.Kind.ARM, new ArmTaskRunner(new StoredArms(context, models, place.file())));
    runners.put(
        SweepTask.Kind.TRAIN,
        new TrainTaskRunner(
            models,
            new TrainedNetworks(place.networks()),
            new TrainingPlaces(place.trainings()),
            place.file(),
            context));
    return runners;
  }
}
