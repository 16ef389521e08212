package org.whisker.feature.league;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.RunPlan;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.feature.ablate.ArmRunFiles.SharedRuns;
import org.whisker.feature.ablate.KeptProbes;
import org.whisker.feature.ablate.RunProgress;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.league.LeagueTables.LeaguePhotoRow;
import org.whisker.feature.league.LeagueTables.LeagueRow;
import org.whisker.feature.league.LeagueTables.LeagueRunRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.job.DeviceConfig.SettledDevice;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ResumableJob;
import org.whisker.job.SearchPrecision.KeptAgreements;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureSize;

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
    List<Start> starts = Start.all(config, models);
    Map<String, Object> content = StoredAblatedModel.manifest(COMMAND, context, models);
    on.putInto(content);
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(context.home().analyses(), COMMAND, content, config, DECISIVE),
        folder -> go(config, starts, folder));
  }

  private LeagueResult go(LeagueConfig config, List<Start> starts, JobFolder folder)
      throws IOException {
    return folder.attempt(
        held -> {
          List<LeagueRow> rows = new ArrayList<>();
          boolean done = fill(new League(config, held.folder(), context), starts, rows);
          if (!rows.isEmpty()) {
            context.listener().tablesWritten(held.folder());
          }
          return new LeagueResult(held.folder(), done, rows);
        },
        LeagueResult::done);
  }

  private boolean fill(League league, List<Start> starts, List<LeagueRow> rows) throws IOException {
    LeagueConfig config = league.config();
    List<LeagueRunRow> runs = new ArrayList<>();
    List<LeaguePhotoRow> photos = starts.stream().flatMap(s -> s.photos().stream()).toList();
    if (!photos.isEmpty()) {
      LeaguePhotoRow.TABLE.write(league.folder().resolve(LeaguePhotoRow.FILE), photos);
    }
    try {
      BooleanSupplier stopped = context.stop().listen();
      for (Start start : starts) {
        StoredAblatedModel model = start.model();
        for (Contestant search : config.contestants()) {
          List<ArmRun> done = league.runs(start, search, stopped);
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
  public record LeagueResult(Path folder, boolean done, List<LeagueRow> rows) implements Outcome {
    public LeagueResult {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What searches begin with on a network.
   *
   * @param photos a row for each run; empty where they begin with white
   */
  private record Start(
      StoredAblatedModel model, InputTransform transform, List<LeaguePhotoRow> photos) {
    static List<Start> all(LeagueConfig config, List<StoredAblatedModel> models)
        throws IOException {
      if (config.photos().isEmpty()) {
        return models.stream()
            .map(model -> new Start(model, new InputTransform.Direct(), List.of()))
            .toList();
      }
      String folder = config.photos().get();
      // photos are read once for all networks of a size
      Map<Canvas, List<PictureGroup.Member>> photos = new HashMap<>();
      List<Start> starts = new ArrayList<>();
      for (StoredAblatedModel model : models) {
        @Nullable List<PictureGroup.Member> read = photos.get(model.canvas());
        List<PictureGroup.Member> all = read == null ? read(folder, model.canvas()) : read;
        photos.put(model.canvas(), all);
        starts.add(onPhotos(config, folder, model, all));
      }
      return starts;
    }

    private static List<PictureGroup.Member> read(String folder, Canvas canvas) throws IOException {
      PictureSize size = new PictureSize(canvas, 1, false);
      return PictureGroup.members(new PictureReader("--photos", size).read(folder));
    }

    private static Start onPhotos(
        LeagueConfig config,
        String folder,
        StoredAblatedModel model,
        List<PictureGroup.Member> all) {
      float[] logits = logits(model, all);
      int[] others = IntStream.range(0, logits.length).filter(i -> logits[i] > 0).toArray();
      int runs = config.runs();
      InvalidRequestException.refuse(
          others.length < runs,
          "--photos %s has only %s that %s does not take for its class, fewer than --runs %s: add photos, or take fewer runs"
              .formatted(folder, others.length, model.name(), runs));
      SortedMap<Long, float[]> grays = new TreeMap<>();
      List<String> sums = new ArrayList<>();
      List<LeaguePhotoRow> rows = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        long seed = config.seed() + i;
        // evenly over their order, since neighbours are often of one origin
        int number = others[i * others.length / runs];
        Raster photo = all.get(number).picture().raster();
        grays.put(seed, photo.grayValues());
        sums.add(PictureSize.crc(photo));
        rows.add(new LeaguePhotoRow(model.name(), seed, all.get(number), logits[number], number));
      }
      String digest = Sha256.ofText(String.join(" ", sums));
      return new Start(model, new InputTransform.OnPhotos(grays, digest), rows);
    }

    private static float[] logits(StoredAblatedModel model, List<PictureGroup.Member> photos) {
      try (Classifier classifier = model.open(new ModelVariant.AsStored())) {
        return classifier.logits(photos.stream().map(member -> member.picture().raster()).toList());
      }
    }
  }

  /** Runs of a search on a network; finished ones are kept in the folder. */
  private record League(LeagueConfig config, Path folder, JobContext context) {
    List<ArmRun> runs(Start start, Contestant search, BooleanSupplier stopped) {
      StoredAblatedModel model = start.model();
      RunPlan plan = new RunPlan(config.runs(), config.seed(), config.target(), BATCH);
      String task = search.label() + " on " + model.name();
      try (Progress progress = context.progress(task, (long) config.runs() * RunProgress.PERCENT)) {
        return new AblationRunner(
                plan, SharedRuns.of(folder, List.of(model)), new RunProgress(progress), stopped)
            .run(
                experiment(search, start.transform(), config.regionOn(model.canvas()).size()),
                model,
                setting(model))
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

    private Ablation experiment(Contestant search, InputTransform start, int region) {
      int pixels = config.pixelsOf(region);
      int steps = (int) Math.min(config.evaluations(), Integer.MAX_VALUE);
      AblationArm arm =
          AblationArm.transformed(search.label(), search.what(), start)
              .searching(base -> search.options(base, pixels, steps));
      return new Ablation(
          COMMAND,
          search.what(),
          "nothing",
          setting -> new AblationDesign(List.of(arm), List.of()));
    }
  }
}
