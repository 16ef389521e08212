package org.whisker.feature.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.ArmKey;
import org.whisker.ablation.ArmLoad;
import org.whisker.ablation.RunStore;
import org.whisker.command.TextTable;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.job.Workers;

/**
 * What {@code explain} would do, and how long that would take here.
 *
 * @param trained where trained networks would be found
 */
record ExplainPlan(ExplainJob job, RunStore store, Path trained) {
  // by measurement: maps, moved patterns, statistics and charts of an experiment that looks on
  private static final double PROBES_A_MODEL = 1.3;
  private static final double SECONDS_A_MODEL = 4;

  /** The plan as a table, with the total. */
  String text() throws IOException {
    Workers workers = StoredAblatedModel.workers(job.models());
    Map<String, ModelPace> pace = new LinkedHashMap<>();
    job.models().forEach(model -> pace.put(model.name(), new ModelPace(model, workers)));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MODEL", "EXPERIMENT", "ARMS", "RUNS TO DO", "KEPT", "ABOUT"));
    Set<PendingRun> seen = new HashSet<>();
    double seconds = 0;
    boolean training = false;
    for (AblateJob.Task task : job.experiments().tasks()) {
      int networks = missing(task);
      training |= networks > 0;
      seconds += row(task, networks, paceOf(task.model(), pace), seen, rows);
    }
    for (StoredAblatedModel model : job.models()) {
      double needed =
          SECONDS_A_MODEL
              + paceOf(model, pace).seconds(PROBES_A_MODEL * model.canvas().pixels(), batch());
      rows.add(List.of(model.name(), "maps, statistics, charts", "", "", "", minutes(needed)));
      seconds += needed;
    }
    return TextTable.of(rows) + "\n" + summary(seconds, training, pace);
  }

  private static ModelPace paceOf(StoredAblatedModel model, Map<String, ModelPace> pace) {
    return Objects.requireNonNull(pace.get(model.name()));
  }

  private int batch() {
    return job.experiments().plan().batch();
  }

  private double row(
      AblateJob.Task task,
      int networks,
      ModelPace pace,
      Set<PendingRun> seen,
      List<List<String>> rows) {
    List<AblationArm> arms = task.ablation().design().apply(task.setting()).arms();
    List<PendingRun> own =
        job.experiments().pending(task, store).stream().filter(seen::add).toList();
    AblationRunner.Plan plan = job.experiments().plan();
    int runs = arms.stream().mapToInt(arm -> plan.runs(arm) * plan.networks(arm)).sum();
    double seconds = arms.stream().mapToDouble(arm -> seconds(task, arm, own, pace)).sum();
    rows.add(
        List.of(
            task.model().name(),
            task.ablation().id(),
            Integer.toString(arms.size()),
            Integer.toString(own.size()),
            Integer.toString(runs - own.size()),
            minutes(seconds) + (networks == 0 ? "" : " and " + networks + " networks to train")));
    return seconds;
  }

  private double seconds(
      AblateJob.Task task, AblationArm arm, List<PendingRun> pending, ModelPace pace) {
    AblationRunner.Plan plan = job.experiments().plan();
    long asked =
        IntStream.range(0, plan.networks(arm))
            .mapToObj(arm::ofNetwork)
            .map(each -> ArmKey.of(each, task.setting(), plan.target()))
            .mapToLong(
                key -> pending.stream().filter(r -> r.asksNetwork() && r.key().equals(key)).count())
            .sum();
    ArmLoad load = ArmLoad.of(arm, task.setting(), plan.runs(arm), batch());
    return asked == 0 ? 0 : pace.seconds(asked * load.images(), load.call());
  }

  /** How many networks are still to be trained for an experiment. */
  private int missing(AblateJob.Task task) {
    if (!task.trains()) {
      return 0;
    }
    int count = job.experiments().plan().networks();
    try {
      return task.model()
          .in(trained)
          .retrained()
          .orElseThrow()
          .missing(task.ablation().retrained(task.setting(), count))
          .size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String summary(double seconds, boolean training, Map<String, ModelPace> pace) {
    String paces =
        String.join(
            ", ",
            job.models().stream()
                .map(
                    m ->
                        String.format(
                            Locale.ROOT, "%.0f by %s", paceOf(m, pace).images(batch()), m.name()))
                .toList());
    StringBuilder text = new StringBuilder();
    job.experiments()
        .skipped()
        .forEach(
            s ->
                text.append(
                    "skipped: %s on %s: %s%n".formatted(s.experiment(), s.model(), s.reason())));
    return text
        + String.format(
            Locale.ROOT,
            "In all about %s%s on this machine, as it is now (images scored a second: %s).%n"
                + "Runs that two experiments share are counted once. Nothing was written.%n",
            minutes(seconds),
            training ? ", and what training takes," : "",
            paces);
  }

  private static String minutes(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole / 60 + " min" + (whole < 600 ? " " + whole % 60 + " s" : "");
  }
}
