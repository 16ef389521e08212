package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveConfig.Experiment;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ScoringConfig.SearchScoring;
import org.whisker.job.Workers;

/**
 * A model that is open for single runs of searches, each of any configuration and seed. Runs that
 * go on at a time, each on a thread of its own, ask for images together; none depends on another.
 */
public final class OpenSearch implements AutoCloseable {
  // a run alone is done again from its beginning: checkpoints would be in vain
  private static final RunTiming TIMING = new RunTiming(Integer.MAX_VALUE, 1e9, System::nanoTime);

  private final StoredModel model;
  private final SearchScoring scoring;
  private final SearchClassifiers classifiers;
  private final int runs;

  private OpenSearch(
      StoredModel model, SearchScoring scoring, SearchClassifiers classifiers, int runs) {
    this.model = model;
    this.scoring = scoring;
    this.classifiers = classifiers;
    this.runs = runs;
  }

  /**
   * Opens a model as a configuration asks for.
   *
   * @param config what is searched, and by what: the first of its devices, in a precision that is
   *     not {@code auto}
   * @param runs the number of runs that go on at a time, at most
   */
  public static OpenSearch open(StoredModel model, EvolveConfig config, int runs)
      throws IOException {
    SearchScoring scoring = scoring(model, config);
    SearchClassifiers opened = SearchClassifiers.open(model, scoring.settings(), 1, runs);
    return new OpenSearch(model, scoring, opened, runs);
  }

  private static SearchScoring scoring(StoredModel model, EvolveConfig config) throws IOException {
    int population = config.plan().options().method().population();
    return config.scoring().settle(model, population, note -> {});
  }

  /** Whether so many runs of a configuration for the same model would be scored in the same way. */
  public boolean suits(EvolveConfig config, int atATime) throws IOException {
    return atATime == runs
        && scoring(model, config).settings().batch() == scoring.settings().batch();
  }

  /**
   * One run, as {@code evolve} does it: its tables and images in a folder of its own.
   *
   * @param stopped polled after every generation; the summary then says {@code stopped}
   * @return its row of {@code summary.csv}, as run number 1
   */
  public RunSummary run(EvolveConfig config, long seed, Path folder, BooleanSupplier stopped)
      throws IOException {
    EvolvePlan plan = config.withSeed(seed).withRuns(1).plan();
    SingleRun run =
        new SingleRun(
            plan,
            classifiers.canvas(),
            classifiers.scores(scoring.settings().batch(), plan.options().tones()),
            RunListener.silent(),
            TIMING,
            stopped);
    return run.run(1, folder);
  }

  /**
   * Makes the folder of an experiment of runs that were done one by one: its manifest and {@code
   * summary.csv}.
   *
   * @param runs the runs that are there, by number
   */
  public static void record(
      Path folder,
      EvolveConfig config,
      StoredModel model,
      List<RunSummary> runs,
      JobContext context)
      throws IOException {
    Experiment experiment = new Experiment(config, model, scoring(model, config), Workers.single());
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().analyses(),
            EvolveJob.COMMAND,
            experiment.manifest(context),
            EvolveRecord.of(config),
            EvolveRecord.DECISIVE);
    JobFolder.hold(
        context,
        new JobFolder.Place.Kept(folder, List.of()),
        job,
        held ->
            held.attempt(
                whole -> {
                  RunSummary.TABLE.writeIn(whole.folder(), runs);
                  return runs;
                },
                there -> there.size() == config.plan().runs()));
  }

  @Override
  public void close() {
    classifiers.close();
  }
}
