package org.whisker.feature.ablate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.Measure;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.evolution.EvolutionEntries;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.io.CloseName;
import org.whisker.io.JsonFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobManifest;
import org.whisker.job.ResumableJob.Outcome;

/**
 * What {@code ablate} is to do: experiments on models, those left out that a model can't take.
 *
 * @param tasks model by model, experiment by experiment
 * @param skipped with the reason
 */
public record AblateJob(RunPlan plan, List<Task> tasks, List<SkippedRow> skipped) {
  // most children of a converged search are known already; a run that makes no new ones must end
  private static final int GENERATIONS_A_SWEEP = 20;

  /** An experiment on a model. */
  public record Task(Ablation ablation, StoredAblatedModel model, AblationSetting setting) {
    /** Whether networks are trained for it. */
    public boolean trains() {
      return ablation.trains(model, setting);
    }

    /** What it evolves, the control first. */
    public List<AblationArm> arms() {
      return ablation.design().apply(setting).arms();
    }

    private Stream<String> parts() {
      return Stream.concat(
          arms().stream().map(AblationArm::name),
          ablation.observers().stream().flatMap(observer -> observer.parts().stream()));
    }
  }

  /**
   * Returns this job with those arms and parts alone, beside each experiment's control.
   *
   * @param arms names; empty: all of them
   * @throws InvalidRequestException for a name that no experiment has an arm or part of
   */
  AblateJob narrowed(List<String> arms) {
    if (arms.isEmpty()) {
      return this;
    }
    List<String> known = tasks.stream().flatMap(Task::parts).distinct().toList();
    for (String arm : arms) {
      InvalidRequestException.refuse(
          !known.contains(arm),
          "no experiment here has an arm '%s'%s; there are %s"
              .formatted(arm, CloseName.hint(arm, known), String.join(", ", known)));
    }
    Set<String> kept = Set.copyOf(arms);
    return new AblateJob(
        plan,
        tasks.stream()
            .map(t -> new Task(t.ablation().narrowed(kept), t.model(), t.setting()))
            .toList(),
        skipped);
  }

  /**
   * Returns this job in an output folder, with those tasks alone that train networks, or that do
   * not.
   */
  AblateJob in(Path folder, boolean training) {
    return new AblateJob(
        plan,
        tasks.stream()
            .filter(task -> task.trains() == training)
            .map(t -> new Task(t.ablation(), t.model().in(folder), t.setting()))
            .toList(),
        skipped);
  }

  /** Returns this job without some of its tasks, for a reason. */
  public AblateJob skipping(List<Task> some, String reason) {
    List<SkippedRow> more = new ArrayList<>(skipped);
    some.forEach(
        task -> more.add(new SkippedRow(task.ablation().id(), task.model().name(), reason)));
    return new AblateJob(plan, tasks.stream().filter(t -> !some.contains(t)).toList(), more);
  }

  /**
   * Plans the job.
   *
   * @param settings what the arms on a model start from
   * @param all whether what can't be done is skipped
   * @throws InvalidRequestException for what a model can't take, unless it is skipped
   */
  public static AblateJob of(
      List<Ablation> ablations,
      List<StoredAblatedModel> models,
      Function<AblatedModel, AblationSetting> settings,
      RunPlan plan,
      boolean all) {
    List<Task> tasks = new ArrayList<>();
    List<SkippedRow> skipped = new ArrayList<>();
    for (StoredAblatedModel model : models) {
      AblationSetting setting = settings.apply(model);
      for (Ablation ablation : ablations) {
        Optional<String> refusal =
            InvalidRequestException.check(() -> ablation.refusal(model, setting));
        InvalidRequestException.refuse(
            refusal.isPresent() && !all,
            "%s can't be done on %s: %s; leave it out, or use all"
                .formatted(ablation.id(), model.name(), refusal.orElse("")));
        refusal.ifPresentOrElse(
            why -> skipped.add(new SkippedRow(ablation.id(), model.name(), why)),
            () -> tasks.add(new Task(ablation, model, setting)));
      }
    }
    return new AblateJob(plan, tasks, skipped);
  }

  /**
   * Arms that score so many images a run.
   *
   * @param generations the number of generations that end a run which makes no more new images; by
   *     default twenty times as many as the budget needs
   */
  public static AblationSetting setting(
      AblatedModel model, EvolutionOptions base, long budget, OptionalInt generations, long seed) {
    long sweeps = Math.max(1, budget / base.method().population());
    boolean asked = base.equals(EvolutionOptions.question());
    long usual = asked ? 2L * base.stop().generations() : GENERATIONS_A_SWEEP * sweeps;
    int most = generations.orElse((int) Math.min(1_000_000, usual));
    // the question's 3,000; else the generation at which a search that never meets a known image
    // has
    // used four fifths of its budget
    long held = Math.max(1, Math.min(asked ? base.stop().generations() : sweeps * 4 / 5, most / 2));
    return new AblationSetting(
        base.withStop(StopRules.after(most).withEvaluations(budget)),
        model.canvas(),
        model.paddingGray(),
        model.padding(),
        (int) held,
        seed,
        model.regime(),
        model.fineTuned());
  }

  /** The runs of a task that are not kept yet, each once. */
  public List<PendingRun> pending(Task task, RunStore store) {
    // only asked what is left: it tells nobody of anything
    return new AblationRunner(plan, store, new AblationRunner.Listener() {}, () -> false)
        .pending(task.ablation(), task.model(), task.setting());
  }

  /** A job for each task. */
  List<AblateJob> single() {
    return tasks.stream().map(task -> new AblateJob(plan, List.of(task), skipped)).toList();
  }

  /** What a manifest says of networks that are trained, where there are any. */
  public void putTraining(Map<String, Object> manifest) {
    Map<String, Object> training = new LinkedHashMap<>();
    for (Task task : tasks) {
      if (task.trains()) {
        ModelRetraining retraining = task.model().retrained().orElseThrow().retraining();
        training.put("networks", plan.networks());
        training.put("photos_sha256", retraining.photos().sha256());
        training.put(task.model().name(), retraining.described());
      }
    }
    if (!training.isEmpty()) {
      manifest.put("training", training);
    }
  }

  /** What a manifest says of it. */
  public void putInto(Map<String, Object> manifest, String preset) {
    manifest.put("seed", plan.seed());
    manifest.put("runs", plan.runs());
    manifest.put("target", plan.target());
    manifest.put("equivalence_margin", Measure.MARGIN);
    manifest.put("preset", preset);
    manifest.put("experiments", experiments());
    manifest.put(
        "skipped",
        skipped.stream()
            .map(s -> s.experiment() + " on " + s.model() + ": " + s.reason())
            .toList());
  }

  /**
   * Whether a manifest is of the same arms: another whisker may have others of the same name.
   *
   * @throws IOException naming the first experiment that differs
   */
  public void checkSame(JsonNode manifest, Path folder) throws IOException {
    List<Map<String, Object>> now = experiments();
    JsonNode before = JobManifest.named(manifest.path("experiments").deepCopy());
    for (int i = 0; i < Math.max(now.size(), before.size()); i++) {
      boolean same =
          i < now.size() && before.path(i).equals(JobManifest.named(JsonFile.tree(now.get(i))));
      if (!same) {
        String which =
            i < before.size() ? before.path(i).path("experiment").asText() : "another experiment";
        throw new IOException(
            "%s was begun with other arms of %s than this whisker has; begin a new folder"
                .formatted(folder, which));
      }
    }
  }

  private List<Map<String, Object>> experiments() {
    List<Map<String, Object>> experiments = new ArrayList<>();
    for (Task task : tasks) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("experiment", task.ablation().id());
      map.put("model", task.model().name());
      map.put(
          "arms",
          task.ablation().design().apply(task.setting()).arms().stream()
              .map(arm -> describe(arm, task.setting()))
              .toList());
      experiments.add(map);
    }
    return experiments;
  }

  private static Map<String, Object> describe(AblationArm arm, AblationSetting setting) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("arm", arm.name());
    map.put("what", arm.what());
    map.put("variant", arm.variant().label());
    map.put("view", arm.transform().label());
    map.put("fewest_runs", arm.fewestRuns());
    map.put("evolution", EvolutionEntries.of(arm.change().apply(setting.base())));
    return map;
  }

  /**
   * What ablations came to.
   *
   * @param folder with all tables
   * @param done whether they were not stopped
   * @param job what was done, and what was left out
   * @param results the results of all experiments, model by model; empty when they were stopped
   */
  public record AblateResult(Path folder, boolean done, AblateJob job, List<AblationResult> results)
      implements Outcome {
    public AblateResult {
      results = List.copyOf(results);
    }
  }
}
