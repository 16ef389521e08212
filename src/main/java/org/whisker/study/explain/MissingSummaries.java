package org.whisker.study.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.Measure;
import org.whisker.io.JsonFile;
import org.whisker.study.JobManifest;
import org.whisker.table.experiment.ArmRow;
import org.whisker.table.experiment.ArmSummaryRow;
import org.whisker.table.experiment.NetworkRow;
import org.whisker.table.report.FindingRow;

/**
 * Writes {@code arm_summary.csv} of the experiments of a report that an earlier whisker wrote
 * without it. Runs, seed and so all numbers are those that it would have had.
 */
public final class MissingSummaries {
  private final Path report;
  private final long seed;
  private final double target;

  private MissingSummaries(Path report, JsonNode manifest) {
    this.report = report;
    this.seed = manifest.path("seed").asLong(1);
    this.target = manifest.path("target").asDouble(0.5);
  }

  /**
   * Writes what is missing. A folder that is no report is left as it is.
   *
   * @throws IOException naming the file that can't be read or written
   */
  public static void write(Path report) throws IOException {
    Path manifest = report.resolve(JobManifest.NAME);
    Path findings = report.resolve(FindingRow.FILE);
    if (!Files.isRegularFile(manifest) || !Files.isRegularFile(findings)) {
      return;
    }
    List<String> models = FindingRow.read(findings).stream().map(FindingRow::model).toList();
    MissingSummaries missing = new MissingSummaries(report, JsonFile.read(manifest));
    for (String model : new TreeSet<>(models)) {
      missing.ofModel(model);
    }
  }

  private void ofModel(String model) throws IOException {
    Path folder = report.resolve(model);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      for (Path experiment : content.sorted().toList()) {
        Path file = experiment.resolve(ArmSummaryRow.FILE);
        if (Files.isRegularFile(experiment.resolve(ArmRow.FILE)) && !Files.exists(file)) {
          ArmSummaryRow.TABLE.write(file, ArmSummaryRow.of(summaries(model, experiment), target));
        }
      }
    }
  }

  private List<ArmSummary> summaries(String model, Path experiment) throws IOException {
    Function<String, RandomGenerator> random =
        ArmSummary.random(seed, model, String.valueOf(experiment.getFileName()));
    boolean trained = Files.exists(experiment.resolve(NetworkRow.FILE));
    List<ArmSummary> summaries = new ArrayList<>();
    for (Map.Entry<String, List<ArmRow>> arm :
        ArmRow.byArm(ArmRow.TABLE.read(experiment.resolve(ArmRow.FILE))).entrySet()) {
      List<ArmRow> runs = arm.getValue();
      int successes = (int) runs.stream().filter(ArmRow::success).count();
      for (Measure measure : ArmSummary.MEASURES) {
        summaries.add(
            ArmSummary.of(
                arm.getKey(),
                measure,
                runs.size(),
                successes,
                units(runs, measure, trained),
                random.apply(ArmSummary.stream(measure, arm.getKey()))));
      }
    }
    return summaries;
  }

  /** The values of the runs, or the means of the networks that were trained. */
  private static double[] units(List<ArmRow> runs, Measure measure, boolean trained) {
    return trained
        ? ArmRow.byNetwork(runs).values().stream()
            .map(network -> DoubleStream.of(values(network, measure)).average())
            .flatMapToDouble(OptionalDouble::stream)
            .toArray()
        : values(runs, measure);
  }

  private static double[] values(List<ArmRow> runs, Measure measure) {
    return ArmRow.values(
        runs,
        switch (measure) {
          case EDGE_INDEX -> ArmRow::edgeIndex;
          case EDGE_INDEX_AT_TARGET -> ArmRow::edgeIndexAtTarget;
          case EDGE_INDEX_AT_HALF -> ArmRow::edgeIndexAtHalf;
          case GAIN -> ArmRow::gain;
          case P_CAT -> ArmRow::catProbability;
          case SUCCESS -> run -> OptionalDouble.of(run.success() ? 1 : 0);
          case PIXELS -> ArmRow::pixels;
          case EVALUATIONS -> ArmRow::evaluationsToTargetOrAll;
        });
  }
}
