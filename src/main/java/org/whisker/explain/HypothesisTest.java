package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.stats.Verdict;

/**
 * How a hypothesis fared on a model: a row of {@code findings.csv}, and all that a page needs to
 * say of it.
 *
 * @param hypothesis its id, such as {@code padding}
 * @param experiment that tested it, or would have
 * @param comparison such as {@code replicate − zero}; empty text when untested
 * @param statistic {@code edge_index} or the kind of statistic that was observed; empty text when
 *     untested
 * @param nothing value of the statistic without an effect: ½ where it is E itself, else 0
 * @param effect the estimate, in the unit of the statistic; empty when untested or no run has a
 *     value
 * @param low lower end of its 95 % interval
 * @param high upper end of it
 * @param p of the test, uncorrected
 * @param pCorrected after Holm's correction over all tests of the report
 * @param pEquivalence that the effect lies within the margin (TOST), uncorrected
 * @param margin within which an effect counts as none, fixed beforehand
 * @param verdict empty when untested
 * @param shareRemoved of the control's edge bias: 1 is all, below 0 it grew; empty where nothing
 *     was intervened on or there was no bias
 * @param runs that have a value; networks, where they are trained
 * @param runsNeeded to decide, where undecided and known
 * @param reason why it is untested; else empty text
 */
public record HypothesisTest(
    String hypothesis,
    String model,
    String experiment,
    String comparison,
    String statistic,
    double nothing,
    OptionalDouble effect,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble p,
    OptionalDouble pCorrected,
    OptionalDouble pEquivalence,
    OptionalDouble margin,
    Optional<Verdict> verdict,
    OptionalDouble shareRemoved,
    int runs,
    OptionalLong runsNeeded,
    String reason) {
  public HypothesisTest {
    if (verdict.isEmpty() == reason.isBlank()) {
      throw new IllegalArgumentException(
          hypothesis + " on " + model + " needs a verdict or a reason why there is none");
    }
  }

  /** One that this report did not test. */
  public static HypothesisTest untested(
      String hypothesis, String model, String experiment, String reason) {
    return new HypothesisTest(
        hypothesis,
        model,
        experiment,
        "",
        "",
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        0,
        OptionalLong.empty(),
        reason);
  }

  /** Whether the effect is shown to lie within the margin, at that level. */
  public boolean equivalent(double alpha) {
    return pEquivalence.isPresent() && pEquivalence.getAsDouble() <= alpha;
  }
}
