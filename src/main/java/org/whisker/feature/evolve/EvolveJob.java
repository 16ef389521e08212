package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.RunListener.RunListeners;
import org.whisker.feature.evolve.SearchClassifiers.SearchWorkers;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.FolderLock;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.OutputFolder;
import org.whisker.job.ScoringConfig.SearchScoring;
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
public final class EvolveJob {
  /** As manifests name it. */
  static final String COMMAND = "evolve";

  private final JobContext context;
  private final RunTiming timing;
  private final RunListeners listeners;

  /** One that tells the context's listener how it goes. */
  public EvolveJob(JobContext context) {
    this(context, RunTiming.standard(), RunListeners.of(context));
  }

  /** A job with other checkpoints, or other listeners of its runs. */
  public EvolveJob(JobContext context, RunTiming timing, RunListeners listeners) {
    this.context = context;
    this.timing = timing;
    this.listeners = listeners;
  }

  /**
   * Does a new experiment.
   *
   * @param out the folder to write, new or empty; by default a new one in {@code analyses/}, named
   *     after the model and the time
   * @throws InvalidRequestException for a folder that is not empty, or a device that there is not
   * @throws IOException when the model can't be opened, or a file not be written; a run that fails
   *     is no exception, see {@link EvolveResult#runs}
   */
  public EvolveResult run(EvolveConfig config, Optional<Path> out) throws IOException {
    StoredModel model = Models.open(new ModelStore(context.home().models()), config.model());
    return run(config, model, List.of(), out);
  }

  /**
   * The same, with a model that is open already.
   *
   * @param arguments the command line that asks for it, for the manifest
   */
  public EvolveResult run(
      EvolveConfig config, StoredModel stored, List<String> arguments, Optional<Path> out)
      throws IOException {
    StoredModel model = config.scoring().padded(stored);
    int population = config.plan().options().method().population();
    Workers workers = workers(model, config);
    if (out.isPresent()) {
      OutputFolder.check(out.get()); // before anything is computed
    }
    OperatorThreads.Scope threads = workers.threads();
    SearchScoring scoring;
    try (threads) {
      scoring = config.scoring().settle(model, population, context::note);
    }
    Experiment experiment = new Experiment(config, model, scoring, workers, arguments);
    Path folder =
        OutputFolder.create(
            out, context.home().analyses(), "evolve-" + model.card().name(), context.clock());
    return FolderLock.holding(
        folder, () -> go(experiment, EvolveRecord.manifest(folder, experiment, context)));
  }

  private static Workers workers(StoredModel model, EvolveConfig config) throws IOException {
    List<TorchDevice> devices = config.scoring().devices();
    return devices.size() == 1 ? Workers.of(List.of(model), devices.get(0)) : Workers.single();
  }

  /**
   * Goes on with an experiment, however it ended, and tries runs again that failed. Nothing is done
   * where nothing is left to do.
   *
   * @throws InvalidRequestException when the folder holds no experiment
   * @throws IOException when the model is another one than it was, or the manifest can't be read
   */
  public EvolveResult resume(Path folder) throws IOException {
    JobManifest.open(folder, COMMAND); // before a lock is left in a folder of something else
    return FolderLock.holding(
        folder,
        () -> {
          JobManifest manifest = JobManifest.open(folder, COMMAND);
          Experiment experiment = EvolveRecord.experiment(manifest, context);
          EvolveRecord.check(manifest, experiment, context);
          return go(experiment, manifest);
        });
  }

  private EvolveResult go(Experiment experiment, JobManifest manifest) throws IOException {
    EvolveRunner runner = new EvolveRunner(manifest.folder(), experiment.plan());
    if (runner.isPending()) {
      manifest.write("running");
      String status = "failed";
      BooleanSupplier stopped = context.stop().listen();
      SearchWorkers.Told told = new SearchWorkers.Told(listeners, timing, stopped);
      OperatorThreads.Scope threads = experiment.workers().threads();
      try (threads;
          SearchWorkers workers = SearchWorkers.open(experiment, runner.remaining().size(), told)) {
        runner.run(workers.runs(), workers.listener(), stopped);
        status = runner.status();
      } finally {
        manifest.write(status);
      }
    } else {
      runner.tidy();
      manifest.write(runner.status());
    }
    return new EvolveResult(
        manifest.folder(),
        runner.status(),
        experiment.plan(),
        experiment.canvas(),
        runner.summaries());
  }

  /**
   * What an experiment came to.
   *
   * @param folder all its files, see {@link EvolveJob}
   * @param status {@code done}, {@code failed} where a run did, {@code stopped} where some are left
   *     to do
   * @param canvas of the model
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
     * @return its black pixels; the logit of not-cat, p(cat) and edge index E are those of {@link
     *     RunSummary#numbers}
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
