package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.whisker.ablation.AblationArm;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.sweep.ArmTasks.ArmTaskJson;
import org.whisker.feature.sweep.TrainTaskRunner.TrainingPlaces;
import org.whisker.job.JobContext;

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

  /** Arms of experiments on the models of the store. */
  static final class StoredArms implements ArmTaskRunner.Arms {
    private final JobContext context;
    private final OpenModels models;
    private final Path file;
    private final Map<AblateConfig, AblateJob> known = new HashMap<>();

    /**
     * Arms.
     *
     * @param file of the tasks, for messages
     */
    StoredArms(JobContext context, OpenModels models, Path file) {
      this.context = context;
      this.models = models;
      this.file = file;
    }

    @Override
    public ArmTaskRunner.Arm of(SweepTask task) throws IOException {
      AblateConfig config = ArmTaskJson.config(task, file);
      AblateJob job = planned(config, task);
      AblateJob.Task planned = job.tasks().get(0);
      String name = ArmTaskJson.of(task).arm();
      for (AblationArm arm : planned.ablation().design().apply(planned.setting()).arms()) {
        if (arm.name().equals(name)) {
          return new ArmTaskRunner.Arm(arm, planned.model(), planned.setting(), job.plan());
        }
      }
      throw new IOException(
          file
              + ": "
              + task.what()
              + " has no arm "
              + name
              + " in this whisker; plan the sweep again");
    }

    private AblateJob planned(AblateConfig config, SweepTask task) throws IOException {
      AblateJob job = known.get(config);
      if (job == null) {
        job = new AblateStudy(context).plan(config, name -> models.of(task));
        known.put(config, job);
      }
      return job;
    }
  }
}
