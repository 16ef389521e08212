package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.ArmKey;
import org.whisker.ablation.result.SkippedRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.ablate.ExperimentRuns;
import org.whisker.feature.explain.Verdicts;
import org.whisker.job.ConfigJson;
import org.whisker.job.JobContext;
import org.whisker.job.Workers;

/**
 * The tables of ablations, as {@code ablate} writes them. Of one that is not whole yet they are
 * those of fewer runs: as many as all arms have from the first seed on.
 */
record CollectedAblations(JobContext context, Path out, SweptArms runs) {
  /** Those of a group; how far its experiments are. */
  List<ExperimentRow> write(SweepGroup group, Path sweep) throws IOException {
    AblateConfig config =
        ConfigJson.read(group.configuration(), AblateConfig.class, sweep.resolve(SweepPlan.GROUPS));
    AblateJob job = new AblateStudy(context).plan(config);
    Path folder = out.resolve(group.name());
    List<ExperimentRow> rows = new ArrayList<>();
    List<AblationResult> results = new ArrayList<>();
    for (AblateJob.Task task : job.tasks()) {
      int complete = complete(task, job.plan());
      rows.add(
          new ExperimentRow(
              group.name(),
              task.ablation().id(),
              task.model().name(),
              job.plan().runs(),
              complete));
      if (complete > 0) {
        results.addAll(of(task, job, complete, folder));
      }
    }
    SkippedRow.TABLE.write(folder.resolve(SkippedRow.FILE), job.skipped());
    SummaryRow.TABLE.write(folder.resolve(SummaryRow.FILE), SummaryRow.of(results));
    if (!results.isEmpty()) {
      new Verdicts(job, (experiment, model) -> reason(experiment, model, job))
          .write(results, models(job), folder);
      SweepCollector.CollectedManifest.write(
          folder, sweep, Map.of("group", group.name(), "configuration", group.configuration()));
    }
    context.listener().tablesWritten(folder);
    return rows;
  }

  private static List<String> models(AblateJob job) {
    return job.tasks().stream().map(task -> task.model().name()).distinct().toList();
  }

  private static String reason(String experiment, String model, AblateJob job) {
    return isPlanned(experiment, model, job) ? "no run is whole yet" : "not planned";
  }

  private static boolean isPlanned(String experiment, String model, AblateJob job) {
    return job.tasks().stream()
        .anyMatch(
            task -> task.ablation().id().equals(experiment) && task.model().name().equals(model));
  }

  private List<AblationResult> of(AblateJob.Task task, AblateJob job, int complete, Path folder)
      throws IOException {
    AblateJob part = new AblateJob(with(job.plan(), complete), List.of(task), job.skipped());
    return new ExperimentRuns(context, folder, part, runs, folder, Workers.single())
        .run(context.stop().listen());
  }

  private static AblationRunner.Plan with(AblationRunner.Plan plan, int runs) {
    return new AblationRunner.Plan(runs, plan.networks(), plan.seed(), plan.target(), plan.batch());
  }

  /** How many runs, from the first seed on, every arm has. */
  private int complete(AblateJob.Task task, AblationRunner.Plan plan) {
    int complete = plan.runs();
    for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
      int found = complete(arm, task, plan);
      // an arm that needs more runs than were asked for has all of them, or is not whole
      complete = found < arm.fewestRuns() ? 0 : Math.min(complete, found);
    }
    return complete;
  }

  private int complete(AblationArm arm, AblateJob.Task task, AblationRunner.Plan plan) {
    String owner = AblationRunner.owner(arm, task.model());
    String key = ArmKey.of(arm, task.setting(), plan.target());
    int found = 0;
    while (found < plan.runs(arm) && runs.has(owner, key, plan.seed() + found)) {
      found++;
    }
    return found;
  }
}
