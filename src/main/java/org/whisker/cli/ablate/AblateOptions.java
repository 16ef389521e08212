package org.whisker.cli.ablate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.experiment.Factorial;
import org.whisker.cli.evolve.SearchOptions;
import org.whisker.cli.shared.RunOptions;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ablate.AblateJob;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How much an ablation runs. */
public final class AblateOptions {
  static final int RUNS = 10;
  static final long EVALUATIONS = 5_000;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "quick",
      description =
          "The base search, of which each arm changes one thing: quick, question or dense; see"
              + " evolve. Reaching a target does not end it. Default: quick.")
  private String preset = "quick";

  @Mixin private final RunOptions run = new RunOptions();

  @Option(
      names = "--max-evaluations",
      paramLabel = "N",
      description =
          "Images scored per run, the same in all arms. Default: 5000, about six seconds of one"
              + " core per run of an embedded model; all experiments with 10 runs on both models"
              + " take an hour of one core.")
  private @Nullable Long evaluations;

  @Option(
      names = "--target",
      paramLabel = "P",
      defaultValue = "0.5",
      description =
          "A run succeeds when p(cat) reaches this; it continues all the same. Default: 0.5.")
  private double target = 0.5;

  @Option(
      names = "--factors",
      paramLabel = "A,B",
      description =
          "What factorial crosses: two or three experiments, each with its first treatment or with"
              + " those named, as in padding:reflect/circular,background:black. Default:"
              + " padding,background:black.")
  private List<String> factors = List.of();

  @Mixin private final RetrainOptions retrain = new RetrainOptions();

  RetrainOptions retrain() {
    return retrain;
  }

  /** What is crossed; none when nothing was asked for. */
  List<Factorial.Factor> factors() {
    return names(factors).stream().map(Factorial.Factor::parse).toList();
  }

  String preset() {
    return preset;
  }

  RunOptions run() {
    return run;
  }

  /**
   * How much is run.
   *
   * @throws InvalidRequestException for what can't be
   */
  public AblationRunner.Plan plan(int batch) {
    InvalidRequestException.refuse(
        !(target > 0 && target < 1), "--target must be between 0 and 1, was " + target);
    return new AblationRunner.Plan(run.runs(RUNS), retrain.networks(), run.seed(), target, batch);
  }

  /**
   * What the arms on a model start from.
   *
   * @throws InvalidRequestException for what can't be
   */
  AblationSetting setting(AblatedModel model) {
    long budget = evaluations == null ? EVALUATIONS : evaluations;
    InvalidRequestException.refuse(
        budget < 1, "--max-evaluations must be at least 1, was " + budget);
    return AblateJob.setting(model, base(), budget, run.generations(), run.seed());
  }

  private EvolutionOptions base() {
    return SearchOptions.preset(preset);
  }

  /** The names of comma-separated lists, without empty ones. */
  static List<String> names(List<String> lists) {
    return lists.stream()
        .flatMap(list -> List.of(list.split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
