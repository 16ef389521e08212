package org.whisker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.chart.kit.EffectMarks;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;
import org.whisker.stats.Interval;
import org.whisker.stats.Verdict;

class ObservationPlotTest {
  private static final Observation LOST =
      observation("rolled", "share lost", 1.5, new Interval(1.2, 1.9, 0.95), 0.05);
  private static final Observation RANK =
      observation("paths", "rank correlation", -0.7, new Interval(-0.8, -0.6, 0.95), 0.1);
  private static final Observation VARIANCE =
      observation("x modulo 2", "variance", 40, null, Double.NaN);

  private static Observation observation(
      String name, String statistic, double effect, @Nullable Interval interval, double margin) {
    return new Observation(
        name,
        "elsewhere",
        statistic,
        Prediction.RISES,
        effect,
        interval,
        0.01,
        0.02,
        OptionalDouble.empty(),
        Double.isNaN(margin) ? OptionalDouble.empty() : OptionalDouble.of(margin),
        Verdict.SUPPORTED,
        OptionalLong.empty(),
        10,
        0);
  }

  private static AblationResult on(String model, Observation... observations) {
    return new AblationResult(
        Ablations.find("landscape").orElseThrow(),
        model,
        new AblationSetting(EvolutionOptions.quick(), Canvas.square(8), 0.5f, "zero", 5, 1),
        0.5,
        List.of(),
        List.of(),
        List.of(),
        List.of(new Observed.Plain(List.of(observations))));
  }

  private static ObservationPlot plot(AblationResult... results) {
    return ObservationPlot.of(List.of(results)).orElseThrow();
  }

  @Test
  void everyStatisticHasAnAxisOfItsOwn() {
    Map<String, EffectMarks.Axis> axes = plot(on("a", LOST, RANK, VARIANCE)).axes();
    // what has no interval has another null than 0
    assertEquals(Set.of("share lost", "rank correlation"), axes.keySet());
    EffectMarks.Axis lost = Objects.requireNonNull(axes.get("share lost"));
    EffectMarks.Axis rank = Objects.requireNonNull(axes.get("rank correlation"));
    assertTrue(lost.high() > 1.9 && lost.high() < 2.1, "" + lost);
    assertTrue(lost.low() < -0.05 && lost.low() > -0.2, "" + lost);
    assertTrue(rank.low() < -0.8 && rank.low() > -0.9, "" + rank);
    assertTrue(rank.high() > 0.1 && rank.high() < 0.2, "its null and margin are in view: " + rank);
  }

  @Test
  void modelsAreBarsOfOneRow() {
    int one = plot(on("a", LOST)).height();
    int rows = plot(on("a", LOST, observation("other", "share lost", 1, null, 0.05))).height();
    int models = plot(on("a", LOST), on("b", LOST)).height();
    assertEquals(EffectMarks.BAR + EffectMarks.GAP, rows - one);
    assertEquals(2 * EffectMarks.BAR, models - one); // and a line that names them
  }

  @Test
  void withoutObservationsThereIsNone() {
    assertEquals(Optional.empty(), ObservationPlot.of(List.of(on("a"))));
  }
}
