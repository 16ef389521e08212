package org.whisker.feature.league;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.ArmRun;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.feature.ablate.ArmRunFiles.SharedRuns;
import org.whisker.feature.ablate.KeptProbes;
import org.whisker.feature.ablate.RunProgress;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.league.LeagueTables.LeagueRow;
import org.whisker.feature.league.LeagueTables.LeagueRunRow;
import org.whisker.job.DeviceConfig.SettledDevice;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ResumableJob;
import org.whisker.job.SearchPrecision.KeptAgreements;

/**
 * Runs each search on each network, from the same seeds and with the same number of images. Its
 * folder gets {@code runs/}, from which it goes on, and the tables of {@link LeagueTables}, which
 * are written anew after each search.
 */
public final class LeagueJob extends ResumableJob<LeagueConfig, LeagueJob.LeagueResult> {
  static final String COMMAND = "league";

  private static final int BATCH = 100;
  private static final List<String> DECISIVE =
      List.of("command", "models", "device", "precision", StoredAblatedModel.SEARCH);

  public LeagueJob(JobContext context) {
    super(context, COMMAND, LeagueConfig.class);
  }

  @Override
  public LeagueResult run(LeagueConfig asked, JobFolder.Place place) throws IOException {
    place.check();
    ModelStore store = new ModelStore(context.home().models());
    List<StoredModel> stored = new ArrayList<>();
    for (String model : asked.models()) {
      stored.add(Models.open(store, model));
    }
    StoredAblatedModel.requireOwnNames(stored);
    stored.forEach(model -> asked.regionOn(model.card().input().canvas()));
    SettledDevice on =
        SettledDevice.chosen(
            asked.on(), stored, BATCH, KeptAgreements.in(context.home().cache()), context::note);
    LeagueConfig config = asked.on(on.on());
    List<StoredAblatedModel> models =
        stored.stream()
            .map(
                model ->
                    new StoredAblatedModel(
                        model,
                        on.on().settings(BATCH),
                        on.on().searchPrecision(),
                        Optional.empty(),
                        KeptProbes.inMemory()))
            .toList();
    Map<String, Object> content = StoredAblatedModel.manifest(COMMAND, context, models);
    on.putInto(content);
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(context.home().analyses(), COMMAND, content, config, DECISIVE),
        folder -> go(config, models, folder));
  }

  private LeagueResult go(LeagueConfig config, List<StoredAblatedModel> models, JobFolder folder)
      throws IOException {
    return folder.attempt(
        held -> {
          List<LeagueRow> rows = new ArrayList<>();
          boolean done = fill(new League(config, held.folder(), context), models, rows);
          if (!rows.isEmpty()) {
            context.listener().tablesWritten(held.folder());
          }
          return new LeagueResult(held.folder(), done, rows);
        },
        LeagueResult::done);
  }

  private boolean fill(League league, List<StoredAblatedModel> models, List<LeagueRow> rows)
      throws IOException {
    LeagueConfig config = league.config();
    List<LeagueRunRow> runs = new ArrayList<>();
    try {
      BooleanSupplier stopped = context.stop().listen();
      for (StoredAblatedModel model : models) {
        for (Contestant search : config.contestants()) {
          List<ArmRun> done = league.runs(model, search, stopped);
          rows.addAll(
              LeagueTables.rows(model.name(), search, done, config.target(), config.evaluations()));
          done.forEach(
              run -> runs.add(LeagueTables.row(model.name(), search, run, config.target())));
          LeagueRow.TABLE.writeIn(league.folder(), rows);
          LeagueRunRow.TABLE.writeIn(league.folder(), runs);
        }
      }
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  /**
   * What a league came to.
   *
   * @param folder with all tables
   * @param done whether all runs are done; otherwise the job was stopped
   */
  public record LeagueResult(Path folder, boolean done, List<LeagueRow> rows) {
    public LeagueResult {
      rows = List.copyOf(rows);
    }
  }

  /** Runs of a search on a network; finished ones are kept in the folder. */
  private record League(LeagueConfig config, Path folder, JobContext context) {
    List<ArmRun> runs(StoredAblatedModel model, Contestant search, BooleanSupplier stopped) {
      AblationRunner.Plan plan =
          new AblationRunner.Plan(config.runs(), config.seed(), config.target(), BATCH);
      String task = search.label() + " on " + model.name();
      try (Progress progress = context.progress(task, (long) config.runs() * RunProgress.PERCENT)) {
        return new AblationRunner(
                plan, SharedRuns.of(folder, List.of(model)), new RunProgress(progress), stopped)
            .run(experiment(search, config.regionOn(model.canvas()).size()), model, setting(model))
            .arms()
            .get(0)
            .runs();
      }
    }

    private AblationSetting setting(StoredAblatedModel model) {
      int most = (int) Math.min(config.evaluations(), Integer.MAX_VALUE);
      StopRules stop =
          StopRules.after(most).withEvaluations(config.evaluations()).withTarget(config.target());
      return new AblationSetting(
          EvolutionOptions.question()
              .withStop(stop)
              .withRegions(RegionSchedule.always(config.regionOn(model.canvas()))),
          model.canvas(),
          model.paddingGray(),
          model.padding(),
          1,
          config.seed());
    }

    private Ablation experiment(Contestant search, int region) {
      int pixels = config.pixelsOf(region);
      int steps = (int) Math.min(config.evaluations(), Integer.MAX_VALUE);
      AblationArm arm =
          AblationArm.searching(
              search.label(), search.what(), base -> search.options(base, pixels, steps));
      return new Ablation(
          COMMAND,
          COMMAND,
          search.what(),
          "nothing",
          setting -> new Ablation.Design(List.of(arm), List.of()));
    }
  }
}
