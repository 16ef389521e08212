package org.whisker.study.population;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.classifier.StoredModel;
import org.whisker.position.ProbeMap;
import org.whisker.study.JobContext;
import org.whisker.study.Progress;
import org.whisker.study.ablate.KeptProbes;
import org.whisker.study.ablate.SharedRuns;
import org.whisker.study.ablate.StoredAblatedModel;

/**
 * Probes the networks of a population, and runs the question's search on them. Probe maps and
 * finished runs are kept in a folder, by the network's weights.
 */
record PopulationSearch(PopulationConfig config, Path folder, JobContext context) {
  /** Images in one pass at most. */
  static final int BATCH = 100;

  private static final int PERCENT = 100;

  // one arm, in which nothing is changed, and nothing to compare it with
  private static final Ablation QUESTION =
      new Ablation(
          "population",
          "search",
          "the question's search on networks that differ",
          "nothing",
          setting ->
              new Ablation.Design(
                  List.of(AblationArm.control("evolved", "pixels anywhere")), List.of()));

  /**
   * Does what is not kept yet.
   *
   * @param which network of how many, for progress
   * @throws java.util.concurrent.CancellationException when stopped; finished runs are kept
   */
  MeasuredNetwork measure(
      Member member, StoredModel stored, String which, BooleanSupplier stopped) {
    StoredAblatedModel model =
        new StoredAblatedModel(
            stored,
            config.on().settings(BATCH),
            config.on().searchPrecision(),
            Optional.empty(),
            KeptProbes.in(folder));
    ProbeMap probe = probe(model, which, stopped);
    List<ArmRun> runs = runs(member, model, which, stopped);
    return new MeasuredNetwork(member, stored.card(), probe, runs, config.target());
  }

  private ProbeMap probe(StoredAblatedModel model, String which, BooleanSupplier stopped) {
    try (Progress progress = context.progress("single pixels, " + which, model.canvas().pixels())) {
      return model.probe(BATCH, progress::stepTo, stopped);
    }
  }

  private List<ArmRun> runs(
      Member member, StoredAblatedModel model, String which, BooleanSupplier stopped) {
    AblationSetting setting =
        new AblationSetting(
            config.search(),
            model.canvas(),
            model.paddingGray(),
            model.padding(),
            1,
            member.firstRun());
    AblationRunner.Plan plan =
        new AblationRunner.Plan(config.runs(), member.firstRun(), config.target(), BATCH);
    try (Progress progress = context.progress("runs, " + which, (long) config.runs() * PERCENT)) {
      SharedRuns store = SharedRuns.of(folder, List.of(model));
      return new AblationRunner(plan, store, new Told(progress), stopped)
          .run(QUESTION, model, setting)
          .arms()
          .get(0)
          .runs();
    }
  }

  /** Shows how far the runs of a network are. */
  private static final class Told implements AblationRunner.Listener, AblationRunner.ArmProgress {
    private final Progress progress;
    private final Map<Long, Double> shares = new HashMap<>();

    Told(Progress progress) {
      this.progress = progress;
    }

    @Override
    public AblationRunner.ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
      return this;
    }

    @Override
    public void onProgress(long seed, double share) {
      shares.put(seed, share);
      show();
    }

    @Override
    public void onRun(ArmRun run) {
      shares.put(run.seed(), 1.0);
      show();
    }

    private void show() {
      double sum = shares.values().stream().mapToDouble(s -> s).sum();
      progress.stepTo(Math.round(PERCENT * sum));
    }
  }
}
