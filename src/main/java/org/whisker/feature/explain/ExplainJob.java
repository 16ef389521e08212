package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.explain.Finding;
import org.whisker.explain.HypothesisTests;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.ArmRunFiles;
import org.whisker.feature.ablate.ArmRunFiles.SharedRuns;
import org.whisker.feature.ablate.KeptProbes;
import org.whisker.feature.ablate.ModelPace;
import org.whisker.feature.ablate.RetrainedNetworks;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.ablate.WorkPlan;
import org.whisker.feature.ablate.WorkPlan.Part;
import org.whisker.hypothesis.Budget;
import org.whisker.hypothesis.Experiments;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ResumableJob.Outcome;
import org.whisker.position.ProbeMap;

/**
 * What {@code explain} or {@code compare} is to do.
 *
 * @param budget as users type it; {@value #COMPARE} for a comparison alone
 * @param preset the search that all arms change one thing of
 * @param experiments the experiments, without those that a model can't take
 * @param timed what fits into the time that there is; empty where a budget says what is done
 */
public record ExplainJob(
    String budget,
    String preset,
    List<StoredAblatedModel> models,
    AblateJob experiments,
    Optional<TimedPlan> timed) {
  public static final String COMPARE = "compare";
  public static final int BATCH = 100;

  /** The entry of manifests with what was planned to end in a time. */
  static final String WITHIN = "within";

  /** The entry of manifests with the experiments that were not done in that time. */
  static final String NOT_IN_TIME = "not_done_in_time";

  /** The entry of manifests with the p(target) that ends a run, where one does. */
  static final String ENDS_AT = "ends_at";

  private static final double TARGET = 0.96;

  /** By measurement: maps, statistics and charts of a model. */
  private static final double SECONDS_A_MODEL = 4;

  /**
   * Plans the job.
   *
   * @param experiments on each model
   * @param networks the number of networks that are trained for an arm, where any are
   * @param images scored by a run
   * @param endsAtTarget whether a run ends with its first image of the target's p(target)
   */
  public static ExplainJob of(
      String budget,
      String preset,
      List<Ablation> experiments,
      List<StoredAblatedModel> models,
      int runs,
      int networks,
      long images,
      OptionalInt generations,
      boolean endsAtTarget,
      long seed) {
    AblateJob job =
        AblateJob.of(
            experiments,
            models,
            model -> {
              AblationSetting setting =
                  AblateJob.setting(
                      model, EvolutionOptions.preset(preset), images, generations, seed);
              return endsAtTarget ? setting.endingAt(TARGET) : setting;
            },
            new RunPlan(runs, networks, seed, TARGET, BATCH),
            true);
    return new ExplainJob(budget, preset, models, job, Optional.empty());
  }

  /** Returns this job as one that fits into a time. */
  ExplainJob planned(TimedPlan plan) {
    return new ExplainJob(budget, preset, models, experiments, Optional.of(plan));
  }

  /** Returns this job without what was not done in time. */
  ExplainJob without(List<AblateJob.Task> late) {
    return new ExplainJob(budget, preset, models, experiments.skipping(late, LATE), timed);
  }

  /** What {@link #without} left out. */
  List<SkippedRow> late() {
    return late(experiments.skipped());
  }

  /** Those of these experiments that were not done in time. */
  static List<SkippedRow> late(List<SkippedRow> skipped) {
    return skipped.stream().filter(row -> row.reason().equals(LATE)).toList();
  }

  private static final String LATE =
      "time: what --within gives was used up before it was done; --resume goes on with it";

  /**
   * The models of these names or paths.
   *
   * @param on the device, with a settled precision
   * @param every distance between the positions of probe maps, in pixels
   * @param retrained the networks that are trained for a model, if any
   * @throws InvalidRequestException for a name that is given twice
   */
  public static List<StoredAblatedModel> models(
      List<String> names,
      WhiskerHome home,
      DeviceConfig on,
      boolean fresh,
      int every,
      Function<ModelCard, Optional<RetrainedNetworks>> retrained)
      throws IOException {
    KeptProbes all = fresh ? KeptProbes.inMemory() : KeptProbes.in(home.cache());
    KeptProbes probes = every == 1 ? all : all.sampled(every);
    ModelStore store = new ModelStore(home.models());
    List<StoredAblatedModel> models = new ArrayList<>();
    for (String name : names) {
      StoredModel model = Models.open(store, name);
      InvalidRequestException.refuse(
          models.stream().anyMatch(m -> m.name().equals(model.card().name())),
          "model " + model.card().name() + " is named twice; name it once");
      models.add(
          new StoredAblatedModel(
              model,
              on.settings(BATCH),
              on.searchPrecision(),
              retrained.apply(model.card()),
              probes));
    }
    return models;
  }

  /** The store in which its runs are kept. */
  public RunStore store(boolean fresh, Path folder, WhiskerHome home) {
    return fresh ? new ArmRunFiles(folder.resolve("runs")) : SharedRuns.of(home.cache(), models);
  }

  /** Whether it forecasts where pixels will lie. */
  boolean forecasts() {
    return !budget.equals(COMPARE) && timed.stream().allMatch(plan -> plan.chosen().forecast());
  }

  /**
   * What is to be done but training, and how long it takes here.
   *
   * @param store the runs that are kept
   * @param forecast whether a model's forecast is there already
   */
  WorkPlan work(
      RunStore store, Map<String, ModelPace> paces, Predicate<StoredAblatedModel> forecast) {
    List<Part> forecasts = new ArrayList<>();
    List<Part> maps = new ArrayList<>();
    for (StoredAblatedModel model : models) {
      double rate = Objects.requireNonNull(paces.get(model.name())).reported();
      if (forecasts() && !forecast.test(model)) {
        double seconds = Foretelling.seconds(model.canvas(), rate);
        forecasts.add(Part.of(model.name(), Foretelling.FORECAST, seconds));
      }
      double seconds = SECONDS_A_MODEL + probed(model) / rate;
      maps.add(Part.of(model.name(), ModelParts.MAPS, seconds));
    }
    return WorkPlan.of(experiments, store, paces).between(forecasts, maps);
  }

  /** How fast its models are here: what a time's plan rests on is not measured again. */
  Map<String, ModelPace> paces() throws IOException {
    if (timed.isEmpty()) {
      return ModelPace.glanced(models);
    }
    Map<String, ModelPace> paces = new LinkedHashMap<>();
    timed.get().pace().forEach((name, rate) -> paces.put(name, new ModelPace(rate, rate)));
    return paces;
  }

  /** Single pixels that are probed for maps, beside those of experiments. */
  private double probed(StoredAblatedModel model) {
    return experiments.tasks().stream().anyMatch(task -> mapsEveryPixel(task.ablation().id()))
        ? 0
        : ProbeMap.positions(model.canvas(), timed.map(plan -> plan.chosen().every()).orElse(1));
  }

  private static boolean mapsEveryPixel(String experiment) {
    return Experiments.plannedIn(Budget.FULL).stream()
        .filter(each -> each.ablation().id().equals(experiment))
        .anyMatch(each -> each.timed().mapsEveryPixel());
  }

  public List<String> names() {
    return models.stream().map(StoredAblatedModel::name).toList();
  }

  Verdicts verdicts() {
    return new Verdicts(experiments, this::otherwise);
  }

  private String otherwise(String experiment, String model) {
    Set<String> untrained =
        Experiments.in(Budget.FULL).stream().map(a -> a.id()).collect(Collectors.toSet());
    if (budget.equals(COMPARE)) {
      return "a comparison does not test it; whisker explain does";
    }
    if (timed.isPresent() && untrained.contains(experiment)) {
      return "it does not fit into the time that --within gives";
    }
    return untrained.contains(experiment)
        ? "not in the " + budget + " budget; --budget standard tests it"
        : "it needs photos to train on: whisker explain %s --data DIR".formatted(model);
  }

  /** What a manifest says of it. */
  public void putInto(Map<String, Object> manifest) {
    timed.ifPresent(plan -> manifest.put(WITHIN, plan.described()));
    manifest.put("budget", budget);
    manifest.put("alpha", Finding.ALPHA);
    Set<Long> evaluations = new TreeSet<>();
    experiments
        .tasks()
        .forEach(t -> evaluations.add(t.setting().base().stop().evaluations().orElseThrow()));
    manifest.put("evaluations", evaluations.iterator().next());
    experiments.tasks().stream()
        .flatMapToDouble(t -> t.setting().base().stop().target().stream())
        .findFirst()
        .ifPresent(target -> manifest.put(ENDS_AT, target));
    experiments.putTraining(manifest);
    experiments.putInto(manifest, preset);
  }

  /**
   * The verdicts of experiments, as tables hold them.
   *
   * @param otherwise why an experiment was not done that no model was refused for
   */
  public record Verdicts(AblateJob experiments, BinaryOperator<String> otherwise) {
    /**
     * Writes the verdicts of {@code results}, which are corrected for each other at a level of 5 %.
     */
    public void write(List<AblationResult> results, List<String> models, Path folder)
        throws IOException {
      List<Finding> rows = new HypothesisTests(Finding.ALPHA, this::reason).of(results, models);
      Finding.TABLE.writeIn(folder, rows);
    }

    /** The reason why an experiment was not done on a model. */
    String reason(String experiment, String model) {
      return experiments.skipped().stream()
          .filter(s -> s.experiment().equals(experiment) && s.model().equals(model))
          .map(SkippedRow::reason)
          .findFirst()
          .orElseGet(() -> otherwise.apply(experiment, model));
    }
  }

  /**
   * What an explanation came to.
   *
   * @param folder with all tables, from which a page can be drawn
   * @param took how long it took; empty when it was stopped
   */
  public record ExplainResult(Path folder, Optional<Duration> took) implements Outcome {
    @Override
    public boolean done() {
      return took.isPresent();
    }

    /**
     * How each hypothesis fared on each model, with the sentence that its numbers allow at a level
     * of 5 %.
     *
     * @throws IOException when they can't be read, as of an explanation that was stopped
     */
    public List<Finding> findings() throws IOException {
      return Finding.read(folder.resolve(Finding.FILE));
    }
  }
}
