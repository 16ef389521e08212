package org.whisker.feature.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.classifier.ModelCard;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.ArmRunFiles.SharedRuns;
import org.whisker.feature.ablate.ArmRunFiles.SharedRuns.NoRuns;
import org.whisker.feature.ablate.ExperimentRuns;
import org.whisker.feature.ablate.ExperimentRuns.Begun;
import org.whisker.feature.ablate.ExperimentRuns.Until;
import org.whisker.feature.ablate.ModelPace;
import org.whisker.feature.ablate.PlannedProgress;
import org.whisker.feature.ablate.RetrainedNetworks;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.ablate.Study;
import org.whisker.feature.ablate.WorkPlan;
import org.whisker.feature.explain.ExplainJob.ExplainResult;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.Workers;
import org.whisker.value.Text;

/**
 * Does the protocol in a folder: the experiments of a budget on each model, maps, comparisons and
 * {@code findings.csv}, a row a hypothesis and model. Finished runs are found again in the cache
 * that all reports share.
 */
public final class ExplainStudy extends Study<ExplainConfig, ExplainJob, ExplainResult> {
  public static final String COMMAND = "explain";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "models",
          "device",
          "precision",
          StoredAblatedModel.SEARCH,
          "batch",
          "seed",
          "runs",
          "budget",
          "evaluations",
          ExplainJob.WITHIN,
          "training");

  /** The ratio, on most networks, of the seconds that experiments take to those reckoned. */
  private static final double USUALLY = 0.5;

  private final long began;

  public ExplainStudy(JobContext context) {
    this(context, COMMAND);
  }

  private ExplainStudy(JobContext context, String command) {
    super(context, command, ExplainConfig.class);
    this.began = context.clock().millis();
  }

  /** A study that goes on with comparisons. */
  public static ExplainStudy comparing(JobContext context) {
    return new ExplainStudy(context, ExplainJob.COMPARE);
  }

  @Override
  protected DeviceConfig on(ExplainConfig config) {
    return config.on();
  }

  @Override
  protected ExplainConfig on(ExplainConfig config, DeviceConfig other) {
    return config.on(other);
  }

  @Override
  protected List<String> names(ExplainConfig config) {
    return config.models();
  }

  @Override
  public ExplainJob plan(ExplainConfig config) throws IOException {
    Optional<RetrainingPhotos> photos = Optional.empty();
    if (config.training().isPresent()) {
      photos = Optional.of(config.training().get().photos());
    }
    Optional<RetrainingPhotos> looked = photos;
    Function<ModelCard, Optional<RetrainedNetworks>> retrained =
        card -> config.training().flatMap(data -> RetrainedNetworks.of(card, looked, data.plan()));
    if (config.within().isPresent() && config.pace().isPresent()) {
      return timed(config, retrained);
    }
    int runs = config.runs().orElse(config.usual().runs());
    return ExplainJob.of(
        config.budget(),
        config.search(),
        config.experiments(),
        models(config, 1, retrained),
        runs,
        config.networks().orElse(runs),
        config.evaluations().orElse(config.usual().evaluations()),
        config.limit(),
        config.endsAtTarget(),
        config.seed());
  }

  private List<StoredAblatedModel> models(
      ExplainConfig config, int every, Function<ModelCard, Optional<RetrainedNetworks>> retrained)
      throws IOException {
    return ExplainJob.models(
        config.models(), context.home(), config.on(), config.fresh(), every, retrained);
  }

  /** What fits into a time, by the pace that the configuration has. */
  private ExplainJob timed(
      ExplainConfig config, Function<ModelCard, Optional<RetrainedNetworks>> retrained)
      throws IOException {
    List<StoredAblatedModel> models = models(config, 1, retrained);
    Map<String, Double> pace = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      pace.put(models.get(i).name(), config.rates().get(i));
    }
    TimedPlan least =
        InvalidRequestException.check(
            () -> TimedPlan.of(config.time().orElseThrow(), models, pace));
    TimedPlan plan = config.runs().isPresent() ? least.longer(config.runs().getAsInt()) : least;
    TimedPlan.Choice chosen = plan.chosen();
    return ExplainJob.of(
            config.budget(),
            config.search(),
            chosen.ablations(),
            models(config, chosen.every(), retrained),
            plan.runs(),
            plan.runs(),
            config.usual().evaluations(),
            OptionalInt.of(chosen.generations()),
            true,
            config.seed())
        .planned(plan);
  }

  /** Measures how fast each model scores here, where a plan depends on it. */
  @Override
  protected ExplainConfig measured(ExplainConfig config) throws IOException {
    if (config.within().isEmpty() || config.pace().isPresent()) {
      return config;
    }
    context.note("measuring how fast these models are scored here");
    List<StoredAblatedModel> models = models(config, 1, card -> Optional.empty());
    Workers workers = StoredAblatedModel.workers(models);
    List<Double> rates = models.stream().map(model -> ModelPace.promised(model, workers)).toList();
    return config.paced(rates);
  }

  /** The runs that are done already, for who asks before there is a folder. */
  public RunStore known(ExplainConfig config, ExplainJob job) {
    return config.fresh() ? new NoRuns() : SharedRuns.of(context.home().cache(), job.models());
  }

  @Override
  protected AblateJob experiments(ExplainJob plan) {
    return plan.experiments();
  }

  @Override
  protected List<StoredAblatedModel> models(ExplainJob plan) {
    return plan.models();
  }

  @Override
  protected Named named(ExplainConfig config) {
    String name = config.compares() ? ExplainJob.COMPARE : COMMAND;
    return new Named(name, context.home().reports(), name);
  }

  @Override
  protected void describe(ExplainConfig config, ExplainJob plan, Map<String, Object> content) {
    plan.putInto(content);
  }

  @Override
  protected List<String> decisive() {
    return DECISIVE;
  }

  @Override
  protected ExplainResult work(ExplainConfig config, ExplainJob plan, JobFolder folder)
      throws IOException {
    return new ExplainResult(folder.folder(), folder.attempt(held -> explain(config, plan, held)));
  }

  private Duration explain(ExplainConfig config, ExplainJob plan, JobFolder held)
      throws IOException {
    Path folder = held.folder();
    JobManifest manifest = held.manifest();
    long begun = context.clock().millis();
    Workers workers = StoredAblatedModel.workers(plan.models());
    BooleanSupplier stopped = context.stop().listen();
    plan.timed().stream().flatMap(timed -> timed.text().stream()).forEach(context::note);
    manifest.put(Workers.OPERATOR_THREADS, workers.operatorThreads());
    SkippedRow.TABLE.writeIn(folder, plan.experiments().skipped());
    RunStore store = plan.store(config.fresh(), folder, context.home());
    Path trained = config.fresh() ? folder : context.home().cache();
    Foretelling foretelling = foretelling(config, plan);
    WorkPlan work = plan.work(store, plan.paces(), model -> foretelling.isThere(model, folder));
    ExplainJob done = plan;
    try (PlannedProgress progress = new PlannedProgress(context, work)) {
      for (StoredAblatedModel model : plan.models()) {
        if (plan.forecasts() && !stopped.getAsBoolean()) {
          foretelling.write(model, folder, progress);
        }
      }
      ExperimentRuns experiments =
          new ExperimentRuns(
              context, folder, plan.experiments(), store, trained, workers, progress);
      // others were found: the seconds below are of these
      manifest.put("runs_done_here", experiments.pending().size());
      List<AblationResult> results;
      if (plan.timed().isPresent()) {
        InTime inTime = inTime(config, plan, experiments, stopped);
        results = inTime.results();
        done = inTime.plan();
        if (!inTime.config().equals(config)) {
          inTime.putInto(manifest);
        }
        tell(done.late(), manifest);
        SkippedRow.TABLE.writeIn(folder, done.experiments().skipped());
      } else {
        results = experiments.run(stopped);
      }
      SummaryRow.TABLE.writeIn(folder, SummaryRow.of(results));
      new ModelParts(context, folder, done, workers, progress).write(results, stopped);
      done.verdicts().write(results, done.names(), folder);
      progress.finish();
    }
    context.listener().tablesWritten(folder);
    Duration took = Duration.ofMillis(context.clock().millis() - begun);
    manifest.put("seconds", took.toSeconds());
    return took;
  }

  /**
   * What was done in a time.
   *
   * @param config that plans as many runs
   * @param plan without what was late
   */
  private record InTime(ExplainConfig config, ExplainJob plan, List<AblationResult> results) {
    /** Says what was done, so that whoever goes on plans as many runs. */
    void putInto(JobManifest manifest) {
      Map<String, Object> content = new LinkedHashMap<>();
      plan.putInto(content);
      content.forEach(manifest::put);
      manifest.configure(config);
    }
  }

  /** Does the experiments, and again with more runs of each arm as long as there is time. */
  private InTime inTime(
      ExplainConfig config, ExplainJob plan, ExperimentRuns first, BooleanSupplier stopped)
      throws IOException {
    TimedPlan timed = plan.timed().orElseThrow();
    LongSupplier clock = () -> context.clock().millis();
    boolean known = first.pending().isEmpty();
    double before = timed.left(began, clock);
    Begun begun = first.untrained(stopped, timed.until(began, clock));
    InTime done = new InTime(config, plan.without(begun.late()), begun.results());
    double took = before - timed.left(began, clock);
    double reckoned = timed.experimentSeconds(timed.runs(), 0, plan.models());
    double ratio = known ? USUALLY : Math.max(USUALLY, took / reckoned);
    while (config.runs().isEmpty() && done.plan().late().isEmpty()) {
      TimedPlan so = done.plan().timed().orElseThrow();
      OptionalInt more = so.longer(plan.models(), so.left(began, clock), ratio);
      if (more.isEmpty()) {
        break;
      }
      context.note(
          Text.of("there is time for %d runs an arm instead of %d", more.getAsInt(), so.runs()));
      ExplainConfig longer = config.longer(more.getAsInt());
      ExplainJob again = plan(longer);
      Begun added = more(first, again, stopped, so.until(began, clock));
      done = new InTime(longer, again, newer(done.results(), added.results()));
      if (!added.late().isEmpty()) {
        context.note(
            "The time was used up before all had more runs. As many as before have: "
                + added.late().stream()
                    .map(task -> task.ablation().id() + " on " + task.model().name())
                    .collect(Collectors.joining(", ")));
        break;
      }
    }
    return done;
  }

  /** Results, each in its newest form. */
  private static List<AblationResult> newer(List<AblationResult> all, List<AblationResult> some) {
    Map<String, AblationResult> newest = new LinkedHashMap<>();
    Stream.concat(all.stream(), some.stream())
        .forEach(result -> newest.put(result.ablation().id() + " " + result.model(), result));
    return List.copyOf(newest.values());
  }

  /** Does more runs, with a bar of their own. */
  private Begun more(ExperimentRuns first, ExplainJob again, BooleanSupplier stopped, Until until)
      throws IOException {
    first.progress().close();
    WorkPlan work = WorkPlan.of(again.experiments(), first.store(), again.paces());
    try (PlannedProgress progress = new PlannedProgress(context, work)) {
      return new ExperimentRuns(
              context,
              first.folder(),
              again.experiments(),
              first.store(),
              first.trained(),
              first.workers(),
              progress)
          .untrained(stopped, until);
    }
  }

  /** Whether a model's forecast is kept, for who asks before there is a folder. */
  Predicate<StoredAblatedModel> foretold(ExplainConfig config, ExplainJob plan) {
    return foretelling(config, plan)::isKept;
  }

  private Foretelling foretelling(ExplainConfig config, ExplainJob plan) {
    EvolutionOptions preset = EvolutionOptions.preset(config.search());
    OptionalInt limit =
        plan.timed().isPresent()
            ? OptionalInt.of(plan.timed().get().chosen().generations())
            : config.limit();
    EvolutionOptions search = limit.isPresent() ? preset.withGenerations(limit.getAsInt()) : preset;
    Optional<Path> cache = config.fresh() ? Optional.empty() : Optional.of(context.home().cache());
    return new Foretelling(context, search, config.seed(), cache);
  }

  private void tell(List<SkippedRow> late, JobManifest manifest) {
    manifest.put(ExplainJob.NOT_IN_TIME, names(late));
    if (!late.isEmpty()) {
      context.warn(outOfTime(late));
    }
  }

  private static List<String> names(List<SkippedRow> late) {
    return late.stream().map(row -> row.experiment() + " on " + row.model()).toList();
  }

  /** What was not done in time, and what the answer lacks without it, in sentences. */
  static String outOfTime(List<SkippedRow> late) {
    Set<String> experiments = late.stream().map(SkippedRow::experiment).collect(Collectors.toSet());
    String untold =
        Hypotheses.all().stream()
            .filter(each -> !each.tells().isEmpty())
            .filter(each -> experiments.contains(each.experiment().id()))
            .map(Hypothesis::tells)
            .distinct()
            .collect(Collectors.joining(", "));
    return "The time was used up before these were done, and so they are not tested: "
        + String.join(", ", names(late))
        + (untold.isEmpty() ? "" : ". The answer can't tell " + untold)
        + ". --resume goes on with them, for as long again.";
  }

  /** The experiments of a folder's report that were not done in time. */
  static List<String> late(JsonNode manifest) {
    List<String> names = new ArrayList<>();
    manifest.path(ExplainJob.NOT_IN_TIME).forEach(each -> names.add(each.asText()));
    return names;
  }
}
