package org.whisker.table.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.explain.ControlRuns;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.ShortAnswer;
import org.whisker.explain.VerdictText;
import org.whisker.table.experiment.ArmRow;

/**
 * A row of {@value FindingRow#FILE} with what its numbers allow to be said.
 *
 * @param row the numbers
 * @param statistic what the statistic is called in a table
 * @param verdict in a word
 * @param sentence the answer without its full stop; of an untested one, that it is, and why
 */
public record Finding(FindingRow row, String statistic, String verdict, String sentence) {
  /**
   * The findings of a report.
   *
   * @param alpha the level of its tests
   */
  public static List<Finding> of(List<FindingRow> rows, double alpha) {
    return rows.stream().map(row -> of(row, alpha)).toList();
  }

  private static Finding of(FindingRow row, double alpha) {
    HypothesisTest test = row.test();
    return new Finding(
        row, VerdictText.statistic(test), VerdictText.verdict(test), VerdictText.of(test, alpha));
  }

  /** What an experiment does and predicts, in one line; empty when it is not known. */
  public static Optional<String> explanation(String experiment) {
    return Ablations.find(experiment).map(Ablation::explanation);
  }

  /**
   * The three sentences that a report opens with.
   *
   * @param controls the runs of the control arm, by model
   */
  public static List<String> answer(List<Finding> findings, Map<String, List<ArmRow>> controls) {
    List<ControlRuns> counts = new ArrayList<>();
    controls.forEach((model, runs) -> counts.add(control(model, runs)));
    return ShortAnswer.of(counts, findings.stream().map(f -> f.row().test()).toList());
  }

  private static ControlRuns control(String model, List<ArmRow> runs) {
    OptionalDouble best = DoubleStream.of(ArmRow.values(runs, ArmRow::catProbability)).max();
    OptionalDouble white =
        DoubleStream.of(ArmRow.values(runs, ArmRow::bareCatProbability)).findFirst();
    int cats = (int) runs.stream().filter(ArmRow::success).count();
    return new ControlRuns(model, runs.size(), cats, best, white);
  }
}
