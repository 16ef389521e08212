package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.ObservationRow.ExperimentObservations;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.feature.ablate.OverviewChart.ObservationPlot;

class ObservationPlotTest {
  private static final int BAR = 15;
  private static final int GAP = 7;
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final ObservationRow LOST =
      observation("rolled", "share lost", 1.5, 1.2, 1.9, 0.05);
  private static final ObservationRow RANK =
      observation("paths", "rank correlation", -0.7, -0.8, -0.6, 0.1);
  private static final ObservationRow VARIANCE =
      observation("x modulo 2", "variance", 40, Double.NaN, Double.NaN, Double.NaN);

  private static ObservationRow observation(
      String name, String statistic, double effect, double low, double high, double margin) {
    return new ObservationRow(
        name,
        "elsewhere",
        statistic,
        effect,
        known(low),
        known(high),
        OptionalDouble.of(0.01),
        OptionalDouble.of(0.02),
        NONE,
        known(margin),
        "cause",
        OptionalLong.empty(),
        10,
        0);
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? NONE : OptionalDouble.of(value);
  }

  private static ExperimentObservations on(String model, ObservationRow... observations) {
    return new ExperimentObservations("landscape", model, List.of(observations));
  }

  private static ObservationPlot plot(ExperimentObservations... experiments) {
    return ObservationPlot.of(List.of(experiments)).orElseThrow();
  }

  @Test
  void everyStatisticHasAnAxisOfItsOwn() {
    Map<String, ValueAxis> axes = plot(on("a", LOST, RANK, VARIANCE)).axes();
    assertEquals(Set.of("share lost", "rank correlation", "variance"), axes.keySet());
    ValueAxis lost = Objects.requireNonNull(axes.get("share lost"));
    ValueAxis rank = Objects.requireNonNull(axes.get("rank correlation"));
    assertTrue(lost.max() > 1.9 && lost.max() < 2.1, "" + lost);
    assertTrue(lost.min() < -0.05 && lost.min() > -0.2, "" + lost);
    assertTrue(rank.min() < -0.8 && rank.min() > -0.9, "" + rank);
    assertTrue(rank.max() > 0.1 && rank.max() < 0.2, "its null and margin are in view: " + rank);
  }

  @Test
  void nothingButZerosHasAnAxisThatCanBeRead() {
    ObservationRow zero = observation("none", "share", 0, 0, 0, Double.NaN);
    ValueAxis axis = Objects.requireNonNull(plot(on("a", zero)).axes().get("share"));
    assertEquals(2, axis.max() - axis.min(), "" + axis);
  }

  @Test
  void modelsAreBarsOfOneRow() {
    int one = plot(on("a", LOST)).height();
    int rows =
        plot(on("a", LOST, observation("other", "share lost", 1, Double.NaN, Double.NaN, 0.05)))
            .height();
    int models = plot(on("a", LOST), on("b", LOST)).height();
    assertEquals(BAR + GAP, rows - one);
    assertEquals(2 * BAR, models - one); // and a line that names them
  }

  private static String shown(int runs, double low, double p) {
    return new ObservationRow(
            "a",
            "b",
            "share lost",
            0.57,
            known(low),
            known(0.73),
            known(p),
            known(0.25),
            NONE,
            NONE,
            "undecided",
            OptionalLong.of(11),
            runs,
            0)
        .shownVerdict();
  }

  @Test
  void undecidedBesideAnIntervalWithoutZeroSaysWhy() {
    assertEquals("undecided: 4 runs can't reach p 0.05", shown(4, 0.41, 2 / 16.0));
    assertEquals("undecided: p 0.250, corrected", shown(10, 0.41, 0.01));
    assertEquals("undecided", shown(4, -0.1, 2 / 16.0));
  }

  @Test
  void withoutObservationsThereIsNone() {
    assertEquals(Optional.empty(), ObservationPlot.of(List.of(on("a"))));
  }
}
