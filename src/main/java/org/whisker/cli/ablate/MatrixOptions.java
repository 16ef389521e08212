package org.whisker.cli.ablate;

import java.util.List;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Plant;
import org.whisker.study.ablate.CalibrationConfig;
import org.whisker.study.ablate.MatrixConfig;
import picocli.CommandLine.Option;

/** Which planted classifiers and hypotheses, and how much of each. */
final class MatrixOptions {
  private static final String ALL = "all";
  private static final String NONE = "none";

  @Option(
      names = "--plants",
      paramLabel = "ID",
      split = ",",
      defaultValue = ALL,
      description = "Planted classifiers: ids, all, or none. Default: all.")
  private List<String> plants = List.of(ALL);

  @Option(
      names = "--hypotheses",
      paramLabel = "ID",
      split = ",",
      defaultValue = ALL,
      description = "Hypotheses that are held against them: ids, or all. Default: all.")
  private List<String> hypotheses = List.of(ALL);

  @Option(
      names = "--plant-runs",
      paramLabel = "N",
      defaultValue = "16",
      description = "Runs of each arm on a planted classifier. Default: 16.")
  private int runs = MatrixConfig.RUNS;

  @Option(
      names = "--plant-evaluations",
      paramLabel = "N",
      defaultValue = "3000",
      description = "Images that each of these runs scores. Default: 3000.")
  private long evaluations = MatrixConfig.EVALUATIONS;

  @Option(
      names = "--calibrate",
      description = "Measure false verdicts and power by simulation instead.")
  private boolean calibrate;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      defaultValue = "200",
      description = "Simulated reports of each hypothesis, for --calibrate. Default: 200.")
  private int replicates = CalibrationConfig.REPLICATES;

  boolean calibrates() {
    return calibrate;
  }

  MatrixConfig config() {
    return plants.equals(List.of(NONE))
        ? MatrixConfig.none()
        : new MatrixConfig(
            all(plants, Hypotheses.plants().stream().map(Plant::id).toList()),
            all(hypotheses, Hypotheses.ids()),
            runs,
            evaluations);
  }

  CalibrationConfig calibration(long seed) {
    return new CalibrationConfig(
        all(hypotheses, Hypotheses.ids()), replicates, runs, evaluations, seed);
  }

  private static List<String> all(List<String> asked, List<String> all) {
    return asked.equals(List.of(ALL)) ? all : asked;
  }
}
