package org.whisker.position.result;

import java.util.List;
import java.util.Optional;
import org.whisker.position.BlockMap;
import org.whisker.position.BlockProbe.Fill;
import org.whisker.stats.Correlation.LinearAgreement;
import org.whisker.stats.TestResult;

/**
 * The measurements of one mode of a probe.
 *
 * @param predicted Δlogit as predicted by the gradient, at the same places
 * @param agreement of predicted and measured Δlogit, where it is defined
 * @param byEdgeRank rank correlation of edge rank and Δlogit, where it is defined
 */
public record ProbeMode(
    BlockMap map,
    List<Double> predicted,
    Optional<LinearAgreement> agreement,
    Optional<TestResult> byEdgeRank) {
  static final String ADD = "add";
  static final String REMOVE = "remove";

  public ProbeMode {
    predicted = List.copyOf(predicted);
    if (predicted.size() != map.canvas().pixels()) {
      throw new IllegalArgumentException(
          predicted.size() + " predictions for places " + map.canvas());
    }
  }

  /** The name on the command line: {@code add} (to black) or {@code remove} (to white). */
  public String label() {
    return map.probe().fill() == Fill.BLACK ? ADD : REMOVE;
  }

  /** The predictions by place. */
  double[] prediction() {
    return predicted.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
