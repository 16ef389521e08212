package org.whisker.feature.ablate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.command.RunOptions;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How much an ablation runs. */
public final class AblateOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = AblateConfig.PRESET,
      description =
          "The base search, of which each arm changes one thing: quick, question or dense; see"
              + " evolve. Reaching a target does not end it. Default: quick.")
  private String preset = AblateConfig.PRESET;

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
      defaultValue = "" + AblateConfig.TARGET,
      description =
          "A run is a cat when p(cat) reaches this; it continues all the same. Arms are compared at"
              + " this p(cat) where at least half of their runs reach it, else at 0.5."
              + " Default: 0.96.")
  private double target = AblateConfig.TARGET;

  @Option(
      names = "--factors",
      paramLabel = "A,B",
      description =
          "What factorial crosses: two or three experiments, each with its first treatment or with"
              + " those named, as in padding:reflect/circular,background:black. Default:"
              + " padding,background:black.")
  private List<String> factors = List.of();

  @Mixin private final RetrainOptions retrain = new RetrainOptions();

  RunOptions run() {
    return run;
  }

  /**
   * These as a configuration.
   *
   * @throws InvalidRequestException for what can't be
   */
  AblateConfig config(List<String> models, List<String> experiments, DeviceConfig on) {
    return new AblateConfig(
        models,
        experiments,
        names(factors),
        preset,
        run.runs(AblateConfig.RUNS),
        retrain.networks(),
        run.seed(),
        target,
        evaluations == null ? AblateConfig.EVALUATIONS : evaluations,
        run.generations(),
        retrain.data(),
        on);
  }

  /** The names of comma-separated lists, each once, without empty ones. */
  static List<String> names(List<String> lists) {
    return each(lists).distinct().toList();
  }

  /**
   * Looks for a name that is given twice.
   *
   * @throws InvalidRequestException that names it
   */
  static void refuseTwice(String option, List<String> lists) {
    Set<String> names = new HashSet<>();
    each(lists)
        .forEach(
            name ->
                InvalidRequestException.refuse(
                    !names.add(name), option + " names " + name + " twice; name it once"));
  }

  private static Stream<String> each(List<String> lists) {
    return lists.stream()
        .flatMap(list -> List.of(list.split(",", -1)).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty());
  }
}
