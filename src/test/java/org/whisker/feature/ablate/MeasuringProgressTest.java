package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.RunPlan;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.Experiments;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.Workers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** Who waits while an experiment is measured, which may take longer than its runs. */
class MeasuringProgressTest {
  private final Set<String> messages = new ConcurrentSkipListSet<>();
  @TempDir Path home;

  @Test
  void whatIsMeasuredIsNamedOnceItsRunsAreDone() throws IOException {
    run("barrier");
    assertTrue(
        messages.contains("measuring tiny barrier, 0.0 min so far"), () -> messages.toString());
  }

  @Test
  void whoWaitsForSinglePixelsSeesThemCounted() throws IOException {
    run("surrogates");
    assertTrue(
        messages.contains("tiny surrogates singles, 100 % of single pixels probed"),
        () -> messages.toString());
  }

  private void run(String experiment) throws IOException {
    TinyModels.save(home, "tiny");
    StoredAblatedModel model =
        new StoredAblatedModel(
            new ModelStore(home.resolve("models")).open("tiny"),
            TorchClassifier.Settings.cpu(Precision.FLOAT32));
    AblateJob job =
        AblateJob.of(
            List.of(Experiments.find(experiment).orElseThrow()),
            List.of(model),
            m -> AblateJob.setting(m, EvolutionOptions.quick(), 60, OptionalInt.empty(), 1),
            new RunPlan(1, 1, 0.5, 100),
            true);
    Path folder = home.resolve("out");
    JobContext context =
        new JobContext(new WhiskerHome(home), Clock.systemUTC(), new Heard(), StopSignal.never());
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    WorkPlan plan = WorkPlan.of(job, store, Map.of("tiny", new ModelPace(100, 100)));
    try (PlannedProgress progress = new PlannedProgress(context, plan)) {
      new ExperimentRuns(context, folder, job, store, folder, Workers.single(), progress)
          .run(() -> false);
    }
  }

  private final class Heard implements JobListener, JobListener.Progress {
    @Override
    public Progress begin(String task, long total) {
      return this;
    }

    @Override
    public void stepTo(long done) {}

    @Override
    public void extraMessage(String message) {
      messages.add(message.replaceFirst("[0-9.]+ min", "0.0 min"));
    }

    @Override
    public void close() {}
  }
}
