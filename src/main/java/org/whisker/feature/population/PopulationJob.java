package org.whisker.feature.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.ArmRun;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.ablate.ArmRunFiles.SharedRuns;
import org.whisker.feature.ablate.KeptProbes;
import org.whisker.feature.ablate.RunProgress;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.population.PopulationJob.PopulationResult;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.feature.train.ModelTraining;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.TrainingOrigin;
import org.whisker.feature.train.TrainingPhotos;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.feature.train.TrainingTarget;
import org.whisker.io.Decimals;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PhotoReading;
import org.whisker.position.ProbeMap;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/**
 * Trains a population of networks, runs the question's search on each, and looks for what of a
 * network goes with where its pixels lie. Its folder gets {@code networks/}, a model each, {@code
 * runs/} and {@code probes/}, from which it goes on, and the tables of {@link PopulationTables},
 * which are written anew after each network.
 */
public final class PopulationJob extends ResumableJob<PopulationConfig, PopulationResult> {
  public static final String COMMAND = "population";

  private static final List<String> DECISIVE =
      List.of("command", "photos_sha256", "networks", "device", "precision");

  public PopulationJob(JobContext context) {
    super(context, COMMAND, PopulationConfig.class);
  }

  @Override
  public PopulationResult run(PopulationConfig config, JobFolder.Place place) throws IOException {
    List<Member> members = members(config);
    RetrainingPhotos photos = RetrainingPhotos.of(config.data());
    Map<String, Object> content = content(config, members, photos);
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(context.home().analyses(), COMMAND, content, config, DECISIVE),
        folder -> go(config, members, photos.note(), folder));
  }

  /** The members asked for, all of which can be built. */
  private static List<Member> members(PopulationConfig config) {
    List<Member> members = Member.of(config);
    members.forEach(member -> InvalidRequestException.check(() -> member.recipe(config).network()));
    return members;
  }

  private Map<String, Object> content(
      PopulationConfig config, List<Member> members, RetrainingPhotos photos) {
    Map<String, Object> content = Provenance.manifest(COMMAND, context);
    content.put("photos_sha256", photos.sha256());
    content.put("device", config.on().settings(PopulationSearch.BATCH).device().label());
    content.put("precision", config.on().precision().label());
    Map<String, Object> networks = new LinkedHashMap<>();
    for (Member member : members) {
      Map<String, Object> recipe = new LinkedHashMap<>(member.recipe(config).named());
      recipe.put("seed", Long.toString(member.seed()));
      networks.put(member.name(), recipe);
    }
    content.put("networks", networks);
    return content;
  }

  private PopulationResult go(
      PopulationConfig config, List<Member> members, String note, JobFolder folder)
      throws IOException {
    return folder.attempt(
        held -> {
          List<MeasuredNetwork> measured = new ArrayList<>();
          boolean done = fill(config, members, note, measured, held.folder());
          if (!measured.isEmpty()) {
            context.listener().tablesWritten(held.folder());
          }
          PopulationTables tables = PopulationTables.of(measured, config.seed());
          return new PopulationResult(
              held.folder(), done, tables.networks(), tables.associations());
        },
        PopulationResult::done);
  }

  private boolean fill(
      PopulationConfig config,
      List<Member> members,
      String note,
      List<MeasuredNetwork> measured,
      Path folder)
      throws IOException {
    PopulationNetworks networks =
        new PopulationNetworks(config, folder.resolve("networks"), note, context);
    PopulationSearch search = new PopulationSearch(config, folder, context);
    try {
      BooleanSupplier stopped = context.stop().listen();
      for (Member member : members) {
        String which = Text.of("%s (%d of %d)", member.name(), measured.size() + 1, members.size());
        StoredModel network = networks.get(member, which, stopped);
        measured.add(search.measure(member, network, which, stopped));
        PopulationTables.of(measured, config.seed()).write(folder);
      }
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  /**
   * The networks of a population, a folder each; one that is not there is trained, from where an
   * earlier process left it.
   */
  static final class PopulationNetworks {
    private final PopulationConfig config;
    private final Path folder;
    private final String note;
    private final JobContext context;
    private final ModelStore store;
    private @Nullable Decoded decoded;

    /**
     * @param folder the folder of all of them
     * @param note what their cards say of the photos
     */
    PopulationNetworks(PopulationConfig config, Path folder, String note, JobContext context) {
      this.config = config;
      this.folder = folder;
      this.note = note;
      this.context = context;
      this.store = new ModelStore(folder);
    }

    /** Photos are decoded when the first network is trained. */
    private record Decoded(TrainingPhotos photos, PhotoReading test) {}

    /**
     * Opens the network of a member, and trains it where it is missing.
     *
     * @throws CancellationException when stopped; epochs that are done are kept
     * @throws IOException when its folder has a network of another training
     */
    StoredModel get(Member member, String which, BooleanSupplier stopped) throws IOException {
      if (store.contains(member.name())) {
        check(member);
      }
      if (!TrainingTarget.isEnded(folder.resolve(member.name()))) {
        train(member, which, stopped);
      }
      return store.open(member.name());
    }

    private void check(Member member) throws IOException {
      if (!member.recipe(config).made(store.card(member.name()))) {
        throw new IOException(
            folder.resolve(member.name())
                + " is a network of another training than its name tells; remove it");
      }
    }

    private void train(Member member, String which, BooleanSupplier stopped) throws IOException {
      Decoded all = decoded();
      TrainingRecipe recipe = member.recipe(config);
      TrainingOrigin origin = TrainingOrigin.fresh(recipe);
      TorchDevice device = config.on().settings(recipe.options().batch()).device();
      TrainingTask task = origin.task(all.photos().train().photos(), false, device);
      TrainingTarget target =
          TrainingTarget.of(folder.resolve(member.name()), context.home(), false);
      ModelTraining training = new ModelTraining(origin, task, target, all.photos(), context);
      Trainer.Result result =
          training
              .train(
                  "training " + which,
                  line -> context.listener().detail(member.name() + ": " + line),
                  stopped)
              .filter(Trainer.Result::finished)
              .orElseThrow(
                  () -> new CancellationException("stopped while training " + member.name()));
      ModelCard saved =
          training.save(
              result, Optional.of(all.test()), note, config.researchOnly(), Storage.all(DType.F32));
      training.end();
      say(saved);
    }

    private Decoded decoded() throws IOException {
      Decoded known = decoded;
      if (known == null) {
        known =
            new Decoded(
                TrainingPhotos.read(config.data(), 1, context),
                TrainingPhotos.readTest(config.data(), 1, context).orElseThrow());
        decoded = known;
      }
      return known;
    }

    private void say(ModelCard saved) {
      Figures figures = saved.figures();
      if (figures != null) {
        context.note(
            Text.of(
                "trained %s: test accuracy %s, p(cat) of white %.3f",
                saved.name(), Decimals.percent(figures.accuracy()), figures.whiteCatProbability()));
      }
    }
  }

  /**
   * Probes the networks of a population, and runs the question's search on them. Probe maps and
   * finished runs are kept in a folder, by the network's weights.
   */
  record PopulationSearch(PopulationConfig config, Path folder, JobContext context) {
    /** Images in one pass at most. */
    static final int BATCH = 100;

    // one arm, in which nothing is changed, and nothing to compare it with
    private static final Ablation QUESTION =
        new Ablation(
                "population",
                "the question's search on networks that differ",
                "nothing",
                setting ->
                    new Ablation.Design(
                        List.of(AblationArm.control("evolved", "pixels anywhere")), List.of()))
            .testing("search");

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
      try (Progress progress =
          context.progress("single pixels, " + which, model.canvas().pixels())) {
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
      try (Progress progress =
          context.progress("runs, " + which, (long) config.runs() * RunProgress.PERCENT)) {
        SharedRuns store = SharedRuns.of(folder, List.of(model));
        return new AblationRunner(plan, store, new RunProgress(progress), stopped)
            .run(QUESTION, model, setting)
            .arms()
            .get(0)
            .runs();
      }
    }
  }

  /**
   * What a population came to.
   *
   * @param folder with all tables
   * @param done whether all networks are measured; otherwise the job was stopped, and the rest is
   *     of those that are
   */
  public record PopulationResult(
      Path folder, boolean done, List<PopulationRow> networks, List<AssociationRow> associations) {
    public PopulationResult {
      networks = List.copyOf(networks);
      associations = List.copyOf(associations);
    }
  }
}
