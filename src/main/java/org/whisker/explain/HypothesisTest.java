package org.whisker.explain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.BiasChange;
import org.whisker.stats.Verdict;

/**
 * The test of a hypothesis on a model: a row of {@code findings.csv}, with all that the page states
 * about it.
 *
 * @param hypothesis id, such as {@code padding}
 * @param experiment the experiment that tests it
 * @param comparison such as {@code replicate − zero}; empty text when untested
 * @param statistic {@code edge_index} or the kind of an observed statistic; empty text when
 *     untested
 * @param nothing null value of the statistic: ½ for E itself, otherwise 0
 * @param effect the estimate, in the unit of the statistic; empty if untested or no run has a
 *     value; over all runs where too few became cats
 * @param low lower end of its 95 % interval
 * @param high upper end of it
 * @param p of the test, uncorrected
 * @param pCorrected for all tests of the report, see {@link HypothesisTests}; empty where too few
 *     runs became cats
 * @param pEquivalence p of the equivalence test (TOST) within the margin, uncorrected
 * @param pEquivalenceCorrected likewise
 * @param margin equivalence margin, fixed beforehand
 * @param verdict empty when untested
 * @param shareRemoved of the control's edge bias: 1 is all, above 1 it is reversed, below 0 it
 *     grew; empty where nothing was intervened on or there was no bias
 * @param biasChange what the intervention does to the bias, where the effect is significant
 * @param runs number of runs (or trained networks) with a value
 * @param runsNeeded estimated number for a decision, if undecided and known
 * @param cats how many runs became cats; empty where no network was asked, or untested
 * @param gain of evidence, beside the effect; empty where nothing was intervened on
 * @param reason why it is untested, or why there is no verdict though it was, or {@link
 *     #FINE_TUNED}; else empty text
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
    OptionalDouble pEquivalenceCorrected,
    OptionalDouble margin,
    Optional<Verdict> verdict,
    OptionalDouble shareRemoved,
    BiasChange biasChange,
    int runs,
    OptionalLong runsNeeded,
    Optional<CatCounts> cats,
    Optional<GainTest> gain,
    String reason) {
  /** The reason of a test whose units are no independent networks. */
  static final String FINE_TUNED =
      "the units are " + AblationResult.FINE_TUNES + ", so this holds for that network alone";

  public HypothesisTest {
    if (verdict.isEmpty() && reason.isBlank()) {
      throw new IllegalArgumentException(
          hypothesis + " on " + model + " needs a verdict or a reason why there is none");
    }
  }

  /** A hypothesis that the report did not test. */
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
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        BiasChange.NONE,
        0,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        reason);
  }

  /** Whether its units are fine-tunes of one network. */
  boolean isOfFineTunes() {
    return reason.equals(FINE_TUNED);
  }
}
