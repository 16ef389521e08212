package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.Measure;
import org.whisker.ablation.result.ArmRow;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.job.DeviceConfig;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.torch.Precision;

/** What {@code arm_summary.csv} holds. */
class ArmSummaryFileTest {
  private static final int RUNS = 3;
  private static final long SEED = 1;

  @TempDir Path home = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void ablation() throws IOException {
    TinyModels.save(home, "tiny");
    JobContext context =
        new JobContext(
            new WhiskerHome(home), TestEnvironment.CLOCK, JobListener.silent(), StopSignal.never());
    AblateConfig config = AblateConfig.of("tiny", "founders").withRuns(RUNS, 120);
    AblateConfig onCpu =
        new AblateConfig(
            config.models(),
            config.experiments(),
            config.factors(),
            config.arms(),
            config.preset(),
            config.runs(),
            config.networks(),
            SEED,
            0.5,
            config.evaluations(),
            config.generations(),
            config.training(),
            new DeviceConfig("cpu", Precision.FLOAT32));
    Path folder = new AblateStudy(context).run(onCpu, Optional.empty()).folder();
    file = folder.resolve("tiny/founders").resolve(ArmSummary.FILE);
  }

  private static OptionalDouble evaluationsToTargetOrAll(ArmRow row) {
    OptionalLong scored =
        row.evaluationsToTarget().isPresent() ? row.evaluationsToTarget() : row.evaluations();
    return scored.isPresent()
        ? OptionalDouble.of((double) scored.getAsLong())
        : OptionalDouble.empty();
  }

  @Test
  void holdsTheMeansOfTheRunsAndTheirIntervals() throws IOException {
    Map<String, Function<ArmRow, OptionalDouble>> measures =
        Map.of(
            "edge_index", ArmRow::edgeIndex,
            "edge_index_at_target", ArmRow::edgeIndexAtTarget,
            "edge_index_at_half", ArmRow::edgeIndexAtHalf,
            "gain", ArmRow::gain,
            "p_target", ArmRow::catProbability,
            "pixels", ArmRow::pixels,
            "evaluations", ArmSummaryFileTest::evaluationsToTargetOrAll);
    Map<String, List<ArmRow>> arms =
        ArmRow.byArm(ArmRow.TABLE.read(file.resolveSibling(ArmRow.FILE)));
    List<ArmSummary> rows = ArmSummary.TABLE.read(file);
    assertEquals(arms.size() * measures.size(), rows.size());
    for (ArmSummary row : rows) {
      List<ArmRow> runs = arms.getOrDefault(row.arm(), List.of());
      double[] values =
          ArmRow.values(
              runs, measures.getOrDefault(row.measure().label(), run -> OptionalDouble.empty()));
      assertEquals(RUNS, row.runs());
      assertEquals(runs.stream().filter(ArmRow::success).count(), row.successes());
      assertEquals(0.5, row.target());
      assertEquals(values.length, row.units());
      assertEquals(
          DoubleStream.of(values).average().orElse(Double.NaN),
          row.mean().orElse(Double.NaN),
          1e-12);
      Optional<Interval> interval =
          values.length < 2 ? Optional.empty() : Optional.of(interval(row, values));
      assertEquals(interval.map(Interval::low).orElse(Double.NaN), row.ciLow().orElse(Double.NaN));
      assertEquals(
          interval.map(Interval::high).orElse(Double.NaN), row.ciHigh().orElse(Double.NaN));
    }
    assertTrue(rows.stream().filter(row -> row.ciLow().isPresent()).count() >= 12);
  }

  private static Interval interval(ArmSummary row, double[] values) {
    String stream = "ablate chart tiny founders " + row.measure().label() + " " + row.arm();
    SplitMix64 random = SplitMix64.stream(SEED, stream, 0);
    return row.measure().isEdgeIndex() || row.measure() == Measure.P_TARGET
        ? BoundedInterval.ofShares().mean(values, random)
        : Bootstrap.standard().mean(values, random);
  }
}
