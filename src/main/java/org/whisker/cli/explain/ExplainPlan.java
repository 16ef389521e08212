package org.whisker.cli.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.RunStore;
import org.whisker.classifier.Classifier;
import org.whisker.cli.shared.TextTable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.study.ablate.AblateJob;
import org.whisker.study.ablate.StoredAblatedModel;
import org.whisker.study.explain.ExplainJob;

/**
 * What {@code explain} would do, and how long that would take here.
 *
 * @param trained where trained networks would be found
 */
record ExplainPlan(ExplainJob job, RunStore store, Path trained) {
  private static final int WARM_UP = 2;
  private static final double SECONDS = 1.5;
  // by measurement: maps, moved patterns, statistics and charts of an experiment that looks on
  private static final double PROBES_A_MODEL = 3;
  private static final double SECONDS_A_MODEL = 10;

  /** The plan as a table, with the total. */
  String text() {
    Map<String, Double> pace = new HashMap<>();
    job.models().forEach(model -> pace.put(model.name(), pace(model)));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MODEL", "EXPERIMENT", "ARMS", "RUNS TO DO", "KEPT", "ABOUT"));
    Set<PendingRun> seen = new HashSet<>();
    double seconds = 0;
    boolean training = false;
    for (AblateJob.Task task : job.experiments().tasks()) {
      int networks = missing(task);
      training |= networks > 0;
      seconds += row(task, networks, pace.getOrDefault(task.model().name(), 1.0), seen, rows);
    }
    for (StoredAblatedModel model : job.models()) {
      double needed =
          SECONDS_A_MODEL
              + PROBES_A_MODEL * model.canvas().pixels() / pace.getOrDefault(model.name(), 1.0);
      rows.add(List.of(model.name(), "maps, statistics, charts", "", "", "", minutes(needed)));
      seconds += needed;
    }
    return TextTable.of(rows) + "\n" + summary(seconds, training, pace);
  }

  private double row(
      AblateJob.Task task,
      int networks,
      double pace,
      Set<PendingRun> seen,
      List<List<String>> rows) {
    List<AblationArm> arms = task.ablation().design().apply(task.setting()).arms();
    List<PendingRun> own =
        job.experiments().pending(task, store).stream().filter(seen::add).toList();
    AblationRunner.Plan plan = job.experiments().plan();
    int runs = arms.stream().mapToInt(arm -> plan.runs(arm) * plan.networks(arm)).sum();
    long asked = own.stream().filter(PendingRun::asksNetwork).count();
    double seconds = asked * task.setting().base().stop().evaluations().orElseThrow() / pace;
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

  private String summary(double seconds, boolean training, Map<String, Double> pace) {
    String paces =
        String.join(
            ", ",
            job.names().stream()
                .map(n -> String.format(Locale.ROOT, "%.0f by %s", pace.get(n), n))
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

  /** Images scored a second. */
  private double pace(StoredAblatedModel model) {
    int batch = job.experiments().plan().batch();
    try (Classifier classifier = model.open(new ModelVariant.AsStored())) {
      List<BlackPixels> images = images(classifier.canvas(), batch);
      for (int i = 0; i < WARM_UP; i++) {
        classifier.logits(images);
      }
      long begun = System.nanoTime();
      long scored = 0;
      while (System.nanoTime() - begun < SECONDS * 1e9) {
        classifier.logits(images);
        scored += batch;
      }
      return scored / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private static List<BlackPixels> images(Canvas canvas, int count) {
    SplitMix64 random = SplitMix64.stream(1, "pace", 0);
    return IntStream.range(0, count)
        .mapToObj(i -> BlackPixels.of(canvas, random.nextInt(canvas.pixels())))
        .toList();
  }
}
