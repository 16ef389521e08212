package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.RunStore;
import org.whisker.explain.Budget;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code explain} and {@code compare} have in common. */
final class ReportOptions {
  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--max-evaluations",
      paramLabel = "N",
      description =
          "Images scored per run. Default: as in the budget; in a comparison, as in standard.")
  private @Nullable Long evaluations;

  @Option(
      names = "--fresh",
      description = "Repeat every run, and keep the runs in the report's own folder.")
  private boolean fresh;

  @Mixin private final RunningOptions running = new RunningOptions();

  /**
   * Plans it.
   *
   * @param label of the budget
   * @param usual what is not told
   * @param names of the models
   * @param photos that networks are trained on, if any
   * @throws UsageException for what can't be
   */
  ExplainJob job(
      String label,
      Budget usual,
      List<Ablation> experiments,
      List<String> names,
      WhiskerHome home,
      RetrainOptions retrain,
      Optional<RetrainingPhotos> photos)
      throws IOException {
    int runs = run.runs(usual.runs());
    return ExplainJob.of(
        label,
        experiments,
        ExplainJob.models(
            names, home, running, fresh, card -> RetrainedNetworks.of(card, photos, retrain)),
        runs,
        retrain.networks(runs),
        evaluations == null ? usual.evaluations() : evaluations,
        run.generations(),
        run.seed());
  }

  /** A new folder for a report. */
  Path folder(String command, Environment environment) throws IOException {
    return OutputFolder.create(
        run.out(), environment.home().reports(), command, environment.clock());
  }

  /** What a report's manifest begins with. */
  static Map<String, Object> manifest(String command, Environment environment, ExplainJob job) {
    StoredAblatedModel any = job.models().get(0);
    Map<String, Object> manifest =
        Provenance.manifest(command, environment, any.stored().card(), any.settings());
    manifest.remove("model");
    job.putInto(manifest);
    return manifest;
  }

  /** What is done already, for who asks before there is a folder. */
  RunStore known(ExplainJob job, WhiskerHome home) {
    return fresh ? new NoRuns() : SharedRuns.of(home.cache(), job.models());
  }

  /** Does a job in its folder. */
  int run(
      ExplainJob job,
      Path folder,
      Map<String, Object> manifest,
      Environment environment,
      CommonOptions common)
      throws IOException {
    WhiskerHome home = environment.home();
    RunStore store = job.store(fresh, folder, home);
    Path trained = fresh ? folder : home.cache();
    return new ExplainRun(environment, common, folder, job, manifest, store, trained).run();
  }
}
