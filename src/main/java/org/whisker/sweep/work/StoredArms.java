package org.whisker.sweep.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.whisker.ablation.AblationArm;
import org.whisker.study.JobContext;
import org.whisker.study.ablate.AblateConfig;
import org.whisker.study.ablate.AblateJob;
import org.whisker.study.ablate.AblateStudy;
import org.whisker.sweep.ArmTaskJson;
import org.whisker.sweep.SweepTask;

/** Arms of experiments on the models of the store. */
final class StoredArms implements ArmTaskRunner.Arms {
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
