package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveConfig.Experiment;
import org.whisker.feature.evolve.EvolveRunner.RunListener.RunListeners;
import org.whisker.feature.evolve.SearchClassifiers.SearchWorkers;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ResumableJob;
import org.whisker.job.ScoringConfig.SearchScoring;
import org.whisker.job.SearchPrecision.KeptAgreements;
import org.whisker.job.Workers;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.natives.OperatorThreads;

/**
 * Evolves images against a model, run after run. Its folder gets {@code summary.csv} (a row a run),
 * {@code manifest.json}, and {@code runs/N/} with {@code generations.csv}, {@code
 * best-history.csv}, {@code best.png} and {@code best.csv}; the listener is told when a run's
 * tables are whole. However it is cut short, it can be gone on with: it ends with the files that it
 * would have had.
 */
public final class EvolveJob extends ResumableJob<EvolveConfig, EvolveJob.EvolveResult> {
  static final String COMMAND = "evolve";

  private final RunTiming timing;
  private final RunListeners listeners;

  /** Creates a job that tells the context's listener how it goes. */
  public EvolveJob(JobContext context) {
    this(context, RunTiming.standard(), RunListeners.of(context));
  }

  /** A job with other checkpoints, or other listeners of its runs. */
  public EvolveJob(JobContext context, RunTiming timing, RunListeners listeners) {
    super(context, COMMAND, EvolveConfig.class);
    this.timing = timing;
    this.listeners = listeners;
  }

  /**
   * Does a new experiment, or goes on with one, however it ended, and tries runs again that failed;
   * a run that fails is no exception, see {@link EvolveResult#runs}. What a folder is gone on with
   * is all in its manifest.
   */
  @Override
  public EvolveResult run(EvolveConfig config, JobFolder.Place place) throws IOException {
    if (place instanceof JobFolder.Place.Begun begun) {
      return resume(begun.manifest());
    }
    place.check(); // before anything is computed
    return run(config, Models.open(new ModelStore(context.home().models()), config.model()), place);
  }

  /** Evolves against a model that is open already. */
  EvolveResult run(EvolveConfig config, StoredModel stored, JobFolder.Place place)
      throws IOException {
    StoredModel model = config.scoring().padded(stored);
    requireColours(model.card(), config.plan().options().tones());
    int population = config.plan().options().method().population();
    Workers workers = workers(model, config);
    OperatorThreads.Scope threads = workers.threads();
    SearchScoring scoring;
    try (threads) {
      scoring =
          config
              .scoring()
              .settle(model, population, KeptAgreements.in(context.home().cache()), context::note);
    }
    return hold(new Experiment(config, model, scoring, workers), place);
  }

  private static void requireColours(ModelCard card, Tones tones) {
    InvalidRequestException.refuse(
        tones.planes() > card.planes(),
        "%s sees gray alone, ink %s on %s has colour; give grays from 0 to 1"
            .formatted(card.name(), tones.ink(), tones.background()));
  }

  private static Workers workers(StoredModel model, EvolveConfig config) throws IOException {
    List<TorchDevice> devices = config.scoring().devices();
    return devices.size() == 1 ? Workers.of(List.of(model), devices.get(0)) : Workers.single();
  }

  @Override
  public EvolveResult resume(JobManifest before) throws IOException {
    return hold(EvolveRecord.experiment(before, context), new JobFolder.Place.Begun(before));
  }

  private EvolveResult hold(Experiment experiment, JobFolder.Place place) throws IOException {
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().analyses(),
            "evolve-" + experiment.model().card().name(),
            experiment.manifest(context),
            EvolveRecord.of(experiment.config()),
            EvolveRecord.DECISIVE);
    return JobFolder.hold(context, place, job, folder -> go(experiment, folder));
  }

  private EvolveResult go(Experiment experiment, JobFolder folder) throws IOException {
    EvolveRunner runner = new EvolveRunner(folder.folder(), experiment.plan());
    boolean drawn = !runner.isPending() && folder.manifest().isDone();
    return folder.inParts(
        held -> {
          if (runner.isPending()) {
            search(runner, experiment);
          } else {
            runner.tidy();
          }
          if (!drawn) {
            context.listener().tablesWritten(held.folder());
          }
          return result(runner, experiment, held.folder());
        },
        EvolveResult::status);
  }

  private static EvolveResult result(EvolveRunner runner, Experiment experiment, Path folder)
      throws IOException {
    return new EvolveResult(
        folder, runner.status(), experiment.plan(), experiment.canvas(), runner.summaries());
  }

  private void search(EvolveRunner runner, Experiment experiment) throws IOException {
    BooleanSupplier stopped = context.stop().listen();
    SearchWorkers.RunTerms terms = new SearchWorkers.RunTerms(listeners, timing, stopped);
    OperatorThreads.Scope threads = experiment.workers().threads();
    try (threads;
        SearchWorkers workers = SearchWorkers.open(experiment, runner.remaining().size(), terms)) {
      runner.run(workers.runs(), workers.listener(), stopped);
    }
  }

  /**
   * What an experiment came to.
   *
   * @param folder all its files, see {@link EvolveJob}
   * @param status {@code done}, {@code failed} where a run did, {@code stopped} where some are left
   *     to do
   * @param canvas the canvas of the model
   * @param runs how each run that was begun ended, in their order
   */
  public record EvolveResult(
      Path folder, String status, EvolvePlan plan, Canvas canvas, List<RunSummary> runs) {
    public EvolveResult {
      runs = List.copyOf(runs);
    }

    /**
     * The fittest image of a run.
     *
     * @param run counted from 1
     * @return its black pixels; the logit against the target, p(target) and edge index E are those
     *     of {@link RunSummary#numbers}
     * @throws IOException when the run has none: it failed, or was not begun
     */
    public BlackPixels best(int run) throws IOException {
      return PixelRow.image(
          canvas, PixelRow.TABLE.read(folder(run).resolve(EvolvedImageFiles.BEST + ".csv")));
    }

    /**
     * The folder of a run, with {@code best.png} and its tables.
     *
     * @param run counted from 1
     */
    public Path folder(int run) {
      return EvolveRunner.folder(folder, run);
    }
  }
}
