package org.whisker.planted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.explain.Finding;
import org.whisker.explain.HypothesisTests;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.value.Checks;

/**
 * Experiments on a plant, from evolution to verdicts, as a report does them.
 *
 * @param runs an arm, and networks where they are trained, at least 2
 * @param evaluations images scored by a run, at least 1
 * @param seed the seed of the first run; run k has {@code seed + k}
 */
public record PlantedTrial(int runs, long evaluations, long seed) {
  private static final double TARGET = 0.96;
  private static final double ALPHA = 0.05;
  private static final int BATCH = 100;
  private static final EditSchedule EDITS = new EditSchedule(3, 1.2, 40);
  private static final int GENERATIONS_A_SWEEP = 20;

  public PlantedTrial {
    Checks.refuse(runs < 2 || evaluations < 1, "runs %s, evaluations %s", runs, evaluations);
  }

  /** The verdicts on a plant, of these hypotheses corrected together. */
  List<Finding> verdicts(PlantedModel plant, Set<String> hypotheses) {
    return verdicts(plant, hypotheses, new PlantedMatrix.MemoryRuns());
  }

  /**
   * The verdicts on a plant, of these hypotheses corrected together, in the order of the table.
   *
   * @param store the store of runs, which trials of the same size may share
   */
  List<Finding> verdicts(PlantedModel plant, Set<String> hypotheses, RunStore store) {
    AblationSetting setting = setting(plant);
    List<AblationResult> results = new ArrayList<>();
    for (Ablation ablation : experiments(hypotheses, setting)) {
      if (ablation.refusal(plant, setting).isEmpty()) {
        results.add(result(plant, ablation, store));
      }
    }
    return new HypothesisTests(ALPHA, (experiment, model) -> "can't be done on this plant")
        .of(results, List.of(plant.name())).stream()
            .filter(test -> hypotheses.contains(test.hypothesis()))
            .toList();
  }

  /** An experiment on a plant. */
  public AblationResult result(PlantedModel plant, Ablation ablation) {
    return result(plant, ablation, new PlantedMatrix.MemoryRuns());
  }

  private AblationResult result(PlantedModel plant, Ablation ablation, RunStore store) {
    AblationSetting setting = setting(plant);
    AblationRunner.Listener nobody = new AblationRunner.Listener() {};
    return new AblationRunner(plan(plant, ablation, setting), store, nobody, () -> false)
        .run(ablation, plant, setting);
  }

  /** What decides these hypotheses; an experiment that decides several comes once. */
  private static List<Ablation> experiments(Set<String> hypotheses, AblationSetting setting) {
    Map<Ablation, List<Hypothesis>> byExperiment = new LinkedHashMap<>();
    for (Hypothesis each : Hypotheses.all()) {
      if (hypotheses.contains(each.id())) {
        byExperiment.computeIfAbsent(each.experiment(), e -> new ArrayList<>()).add(each);
      }
    }
    List<Ablation> experiments = new ArrayList<>();
    byExperiment.forEach((e, decided) -> experiments.add(narrowed(e, decided, setting)));
    return experiments;
  }

  /** Narrows the experiment to the control and the arms of the decisive contrasts. */
  private static Ablation narrowed(
      Ablation experiment, List<Hypothesis> decided, AblationSetting setting) {
    AblationDesign design = experiment.design().apply(setting);
    Set<String> arms =
        decided.stream()
            .flatMap(each -> each.decisive().arms(design, setting).stream())
            .collect(Collectors.toSet());
    return experiment.narrowed(arms).withoutSupplements();
  }

  /**
   * Plans the runs. Where networks are trained, the network is the unit: as many of them, each run
   * once.
   */
  private RunPlan plan(PlantedModel plant, Ablation ablation, AblationSetting setting) {
    boolean trains = ablation.trains(plant, setting);
    return new RunPlan(trains ? 1 : runs, trains ? runs : 1, seed, TARGET, BATCH);
  }

  /**
   * The options of a search like that of a report, by images scored alone, but with few edits a
   * child: a formula rewards every pixel, and many at once would reach the target before selection
   * has told places apart.
   */
  private static EvolutionOptions search() {
    return EvolutionOptions.quick()
        .withGenetic(
            g -> g.withMutation(g.mutation().withEdits(EDITS).withMix(EditMix.singlePixels())));
  }

  AblationSetting setting(PlantedModel plant) {
    EvolutionOptions search = search();
    long sweeps = Math.max(1, evaluations / search.method().population());
    int most = (int) Math.min(1_000_000, GENERATIONS_A_SWEEP * sweeps);
    long held = Math.max(1, sweeps / 3);
    return new AblationSetting(
        search.withStop(StopRules.after(most).withEvaluations(evaluations)),
        plant.canvas(),
        plant.paddingGray(),
        plant.padding(),
        (int) held,
        seed,
        plant.regime());
  }
}
