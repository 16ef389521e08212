package org.whisker.table.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Measure;
import org.whisker.explain.ControlRuns;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.ShortAnswer;
import org.whisker.explain.VerdictText;
import org.whisker.hypothesis.Experiments;
import org.whisker.table.experiment.ArmRow;
import org.whisker.table.experiment.ArmSummaryRow;

/**
 * A row of {@value FindingRow#FILE} with its conclusion in words.
 *
 * @param row the numbers
 * @param statistic name of the statistic in tables
 * @param verdict as one word
 * @param sentence the conclusion, without the final full stop; for an untested hypothesis, the
 *     reason why it was not tested
 * @param claim what it shows, as a clause for a heading; empty where nothing is decided
 */
public record Finding(
    FindingRow row, String statistic, String verdict, String sentence, String claim) {
  /**
   * The findings of a report.
   *
   * @param alpha significance level of its tests
   */
  public static List<Finding> of(List<FindingRow> rows, double alpha) {
    return rows.stream().map(row -> of(row, alpha)).toList();
  }

  private static Finding of(FindingRow row, double alpha) {
    HypothesisTest test = row.test();
    return new Finding(
        row,
        VerdictText.statistic(test),
        VerdictText.verdict(test),
        VerdictText.of(test, alpha),
        VerdictText.claim(test, alpha));
  }

  /** What an experiment does and predicts, in one line; empty for an unknown experiment. */
  public static Optional<String> explanation(String experiment) {
    return Experiments.find(experiment).map(Ablation::explanation);
  }

  /**
   * The tables of the experiment whose first arm is the control.
   *
   * @param arms its runs, those of the control first; at least one
   * @param summaries summaries of its arms
   * @param climb the improvements of the control's runs
   */
  public record Control(List<ArmRow> arms, List<ArmSummaryRow> summaries, List<ClimbRow> climb) {}

  /**
   * A report in a sentence for each model, in the order of the findings, without its name.
   *
   * @param controls the control of each model that has one
   */
  public static List<String> answer(List<Finding> findings, Map<String, Control> controls) {
    List<ControlRuns> counts =
        controls.entrySet().stream().map(c -> control(c.getKey(), c.getValue())).toList();
    return ShortAnswer.of(counts, findings.stream().map(f -> f.row().test()).toList());
  }

  private static ControlRuns control(String model, Control of) {
    List<ArmSummaryRow> summaries = of.summaries();
    String name = of.arms().get(0).arm();
    List<ArmRow> runs = of.arms().stream().filter(run -> run.arm().equals(name)).toList();
    int cats = (int) runs.stream().filter(ArmRow::success).count();
    return new ControlRuns(
        model,
        runs.size(),
        summaries.isEmpty() ? Measure.HALF : summaries.get(0).target(),
        cats,
        Math.max(cats, (int) runs.stream().filter(ArmRow::isHalfCat).count()),
        DoubleStream.of(ArmRow.values(runs, ArmRow::catProbability)).max(),
        DoubleStream.of(ArmRow.values(runs, ArmRow::bareCatProbability)).findFirst(),
        mean(summaries, name, Measure.EDGE_INDEX_AT_TARGET),
        mean(summaries, name, Measure.EDGE_INDEX_AT_HALF),
        mean(summaries, name, Measure.EDGE_INDEX),
        summaries.stream()
            .map(ArmSummaryRow::arm)
            .filter(arm -> !arm.equals(name))
            .findFirst()
            .flatMap(arm -> mean(summaries, arm, level(summaries, name, arm))),
        ClimbRow.rising(of.climb()));
  }

  /** The measure by which both arms are compared. */
  private static Measure level(List<ArmSummaryRow> summaries, String control, String other) {
    return Stream.of(Measure.EDGE_INDEX_AT_TARGET, Measure.EDGE_INDEX_AT_HALF)
        .filter(m -> isHalf(summaries, control, m) && isHalf(summaries, other, m))
        .findFirst()
        .orElse(Measure.EDGE_INDEX);
  }

  private static boolean isHalf(List<ArmSummaryRow> summaries, String arm, Measure measure) {
    return ArmSummaryRow.find(summaries, arm, measure.label())
        .filter(row -> 2 * row.units() >= row.runs())
        .isPresent();
  }

  private static Optional<ControlRuns.EdgeMean> mean(
      List<ArmSummaryRow> summaries, String arm, Measure measure) {
    return ArmSummaryRow.find(summaries, arm, measure.label())
        .filter(row -> row.mean().isPresent())
        .map(
            row ->
                new ControlRuns.EdgeMean(
                    row.mean().getAsDouble(), row.ciLow(), row.ciHigh(), row.units()));
  }
}
