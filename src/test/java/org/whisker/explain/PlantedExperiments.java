package org.whisker.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.TestedModel;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.hypothesis.Experiments;
import org.whisker.image.Canvas;

/** Experiments on planted classifiers, small enough to run in a moment. */
final class PlantedExperiments {
  private static final int RUNS = 10;
  private static final long BUDGET = 600;
  private static final double TARGET = 0.96;

  private PlantedExperiments() {}

  /**
   * A model.
   *
   * @param swapped what it is under any padding but zero
   */
  record Model(String name, PlantedClassifier own, PlantedClassifier swapped)
      implements TestedModel {
    @Override
    public Canvas canvas() {
      return PlantedClassifier.CANVAS;
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return variant instanceof ModelVariant.OtherPadding ? swapped : own;
    }
  }

  static AblationSetting setting(Model model) {
    return new AblationSetting(
        EvolutionOptions.quick().withStop(StopRules.after(200).withEvaluations(BUDGET)),
        model.canvas(),
        model.paddingGray(),
        model.padding(),
        5,
        3);
  }

  static List<AblationResult> run(Model model, String... experiments) {
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(RUNS, 3, TARGET, 64),
            new Memory(),
            new AblationRunner.Listener() {},
            () -> false);
    return Stream.of(experiments)
        .map(id -> Experiments.find(id).orElseThrow())
        .map(PlantedExperiments::narrow)
        .map(ablation -> runner.run(ablation, model, setting(model)))
        .toList();
  }

  private static Ablation narrow(Ablation ablation) {
    return switch (ablation.id()) {
      case "padding" -> ablation.narrowed(Set.of("circular"));
      case "operators" -> ablation.narrowed(Set.of("flat-rectangle"));
      default -> ablation;
    };
  }

  private static final class Memory implements RunStore {
    private final Map<String, ArmRun> runs = new HashMap<>();

    @Override
    public Optional<ArmRun> find(String model, String key, long seed) {
      return Optional.ofNullable(runs.get(model + key + seed));
    }

    @Override
    public void keep(String model, String key, ArmRun run) {
      runs.put(model + key + run.seed(), run);
    }
  }
}
