package org.whisker.study.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.explain.Budget;
import org.whisker.study.DeviceConfig;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.train.RetrainingData;

/**
 * What an explanation, or a comparison, is asked for.
 *
 * @param models names of folders in {@code models/}, or paths, at least one
 * @param budget quick, standard or full; {@value ExplainJob#COMPARE} for a comparison alone
 * @param runs of an arm; by default those of the budget
 * @param networks that are trained for an arm, where any are; by default as many as runs
 * @param evaluations images scored by a run; by default those of the budget
 * @param generations that end a run which makes no more new images
 * @param seed of the first run; the next has the next
 * @param fresh whether every run is done again, and kept in the report's own folder
 * @param training photos for the hypotheses that need trained networks; without, they are not
 *     tested
 * @param on what the networks run on
 */
public record ExplainConfig(
    List<String> models,
    String budget,
    OptionalInt runs,
    OptionalInt networks,
    OptionalLong evaluations,
    OptionalInt generations,
    long seed,
    boolean fresh,
    Optional<RetrainingData> training,
    DeviceConfig on) {
  private static final List<String> COMPARED = List.of("geometry", "foveation");

  public ExplainConfig {
    models = List.copyOf(models);
    InvalidRequestException.refuse(models.isEmpty(), "name a model");
    if (!budget.equals(ExplainJob.COMPARE)) {
      String label = budget;
      InvalidRequestException.check(() -> Budget.parse(label));
    }
    InvalidRequestException.refuse(
        budget.equals(ExplainJob.COMPARE) && models.size() < 2,
        "compare needs two models, has " + models + "; name another");
  }

  /** The quick budget, with seed 1, on the fastest device. */
  public static ExplainConfig of(String... models) {
    return new ExplainConfig(
        List.of(models),
        Budget.QUICK.label(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        1,
        false,
        Optional.empty(),
        DeviceConfig.standard());
  }

  /** With so many runs an arm, of so many images each. */
  public ExplainConfig withRuns(int most, long images) {
    return new ExplainConfig(
        models,
        budget,
        OptionalInt.of(most),
        networks,
        OptionalLong.of(images),
        generations,
        seed,
        fresh,
        training,
        on);
  }

  boolean compares() {
    return budget.equals(ExplainJob.COMPARE);
  }

  /** What is not told. */
  Budget usual() {
    return compares() ? Budget.STANDARD : Budget.parse(budget);
  }

  List<Ablation> experiments() {
    if (compares()) {
      return Ablations.all().stream().filter(a -> COMPARED.contains(a.id())).toList();
    }
    List<Ablation> experiments = new ArrayList<>(usual().experiments());
    if (training.isPresent()) {
      experiments.addAll(Ablations.trained());
    }
    return experiments;
  }
}
