package org.whisker.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.RunStore;
import org.whisker.cli.ablate.RetrainOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RunOptions;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.explain.Budget;
import org.whisker.page.ReportPage;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.OutputFolder;
import org.whisker.study.Provenance;
import org.whisker.study.WhiskerHome;
import org.whisker.study.ablate.NoRuns;
import org.whisker.study.ablate.RetrainedNetworks;
import org.whisker.study.ablate.SharedRuns;
import org.whisker.study.ablate.StoredAblatedModel;
import org.whisker.study.explain.ExplainJob;
import org.whisker.study.explain.ExplainRun;
import org.whisker.study.train.RetrainingPhotos;
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
   * @throws InvalidRequestException for what can't be
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
            names,
            home,
            running.settings(ExplainJob.BATCH),
            fresh,
            card -> RetrainedNetworks.of(card, photos, retrain.plan())),
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
  static Map<String, Object> manifest(String command, JobContext context, ExplainJob job) {
    StoredAblatedModel any = job.models().get(0);
    Map<String, Object> manifest =
        Provenance.manifest(command, context, any.stored().card(), any.settings());
    manifest.remove("model");
    job.putInto(manifest);
    return manifest;
  }

  /** What is done already, for who asks before there is a folder. */
  RunStore known(ExplainJob job, WhiskerHome home) {
    return fresh ? new NoRuns() : SharedRuns.of(home.cache(), job.models());
  }

  /** Does a job in its folder. */
  public int run(
      ExplainJob job,
      Path folder,
      Map<String, Object> manifest,
      Environment environment,
      CommonOptions common)
      throws IOException {
    WhiskerHome home = environment.home();
    RunStore store = job.store(fresh, folder, home);
    Path trained = fresh ? folder : home.cache();
    Optional<Duration> took =
        new ExplainRun(environment.context(common), folder, job, manifest, store, trained).run();
    if (took.isPresent()) {
      ReportPage.write(folder);
      say(took.get(), folder, environment);
    } else {
      environment.err().println("whisker: stopped; " + howToGoOn(job, folder));
    }
    return ExitCode.OK;
  }

  private static String howToGoOn(ExplainJob job, Path folder) {
    return job.budget().equals(ExplainJob.COMPARE)
        ? "the same command goes on with the runs that are done"
        : "go on with: whisker explain --resume " + folder;
  }

  private static void say(Duration took, Path folder, Environment environment) throws IOException {
    ReportPage.answer(folder).forEach(environment.out()::println);
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%nThe report (%d min %d s): %s%n",
            took.toMinutes(),
            took.toSecondsPart(),
            folder.resolve("index.html"));
  }
}
