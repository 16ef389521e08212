package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.ablation.OperatorDrift;
import org.whisker.ablation.PaddingSwap;
import org.whisker.ablation.PairedShift;
import org.whisker.explain.Finding.Quantity;
import org.whisker.position.EdgeBias;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Holm;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Summary;
import org.whisker.stats.TestResult;
import org.whisker.stats.Verdict;

/**
 * From measurements to verdicts. All p-values of the report are corrected together (Holm). A cause
 * is <i>refuted</i> only by an equivalence test, or by a significant effect in the direction
 * opposite to the one it predicts; a p above the level alone leaves it <i>undecided</i>.
 */
final class Findings {
  private final ExplainOptions options;
  private final List<ModelFindings> models;
  private final OperatorDrift operators;
  private final List<Draft> drafts = new ArrayList<>();

  Findings(ExplainOptions options, List<ModelFindings> models, OperatorDrift operators) {
    this.options = options;
    this.models = models;
    this.operators = operators;
  }

  /** A finding before correction: the rest follows from the corrected p. */
  private record Draft(
      Hypothesis hypothesis,
      String scope,
      double effect,
      OptionalDouble low,
      OptionalDouble high,
      Quantity quantity,
      double p,
      OptionalDouble shareRemoved,
      OptionalLong runsNeeded,
      boolean equivalent,
      Judge judge) {}

  /** The verdict for a corrected p. */
  private interface Judge {
    Verdict of(double pCorrected);
  }

  List<Finding> all() {
    for (ModelFindings model : models) {
      model.positions().ifPresent(positions -> geometry(model, positions.bias()));
    }
    operators();
    for (ModelFindings model : models) {
      model.padding().ifPresent(swap -> padding(model, swap));
      model
          .probeProfile()
          .byEdgeRank()
          .ifPresent(
              test -> correlation(model, test, Hypothesis.SAFE_HARBOUR, Quantity.RANK_CORRELATION));
      model
          .landscape()
          .ifPresent(
              test -> correlation(model, test, Hypothesis.LANDSCAPE, Quantity.RANK_BISERIAL));
    }
    double[] corrected = Holm.adjust(drafts.stream().mapToDouble(Draft::p).toArray());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < corrected.length; i++) {
      findings.add(finding(drafts.get(i), corrected[i]));
    }
    return findings;
  }

  /**
   * Chance alone predicts E = ½: a significant difference refutes it. By model: they may differ.
   */
  private void geometry(ModelFindings model, EdgeBias bias) {
    double[] indices = EdgeBias.edgeIndices(model.finalImages());
    // One run has no spread to test with: nothing is shown by it.
    boolean equivalent =
        indices.length > 1
            && Equivalence.oneSample(indices, Quantity.EDGE_INDEX.none(), options.margin())
                .holds(options.alpha());
    drafts.add(
        new Draft(
            Hypothesis.GEOMETRY,
            model.model().name(),
            bias.edgeIndex(),
            bias.ciLow(),
            bias.ciHigh(),
            Quantity.EDGE_INDEX,
            bias.pValue(),
            OptionalDouble.empty(),
            runsToDecide(indices),
            equivalent,
            p ->
                equivalent
                    ? Verdict.SUPPORTED
                    : p <= options.alpha() ? Verdict.REFUTED : Verdict.UNDECIDED));
  }

  /** A bias of the operators towards the edge supports it; equivalence to ½ refutes it. */
  private void operators() {
    double[] indices = array(operators.edgeIndices());
    boolean equivalent = operators.equivalence().holds(options.alpha());
    drafts.add(
        new Draft(
            Hypothesis.OPERATORS,
            "flat fitness",
            operators.mean(),
            OptionalDouble.of(operators.interval().low()),
            OptionalDouble.of(operators.interval().high()),
            Quantity.EDGE_INDEX,
            operators.p(),
            OptionalDouble.empty(),
            runsToDecide(indices),
            equivalent,
            p -> judged(p, equivalent, operators.mean() < Quantity.EDGE_INDEX.none())));
  }

  /** The swap moves pixels away from the edge if padding drew them there. */
  private void padding(ModelFindings model, PaddingSwap swap) {
    if (swap.shift().isEmpty()) {
      return;
    }
    PairedShift shift = swap.shift().get();
    double[] differences = new double[shift.control().size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = shift.treated().get(i) - shift.control().get(i);
    }
    boolean equivalent = shift.equivalence().holds(options.alpha());
    boolean biased = model.positions().map(p -> p.bias().pValue() <= options.alpha()).orElse(false);
    drafts.add(
        new Draft(
            Hypothesis.PADDING,
            model.model().name(),
            shift.delta().value(),
            OptionalDouble.of(shift.delta().interval().low()),
            OptionalDouble.of(shift.delta().interval().high()),
            Quantity.EDGE_INDEX_DIFFERENCE,
            shift.p(),
            biased ? shift.shareRemoved() : OptionalDouble.empty(),
            runsToDecide(differences),
            equivalent,
            p -> judged(p, equivalent, shift.delta().value() > 0)));
  }

  private void correlation(
      ModelFindings model, TestResult test, Hypothesis hypothesis, Quantity quantity) {
    drafts.add(
        new Draft(
            hypothesis,
            model.model().name(),
            test.statistic(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            quantity,
            test.p(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            false,
            p ->
                p > options.alpha()
                    ? Verdict.UNDECIDED
                    : test.statistic() > 0 ? Verdict.SUPPORTED : Verdict.REFUTED));
  }

  private Verdict judged(double p, boolean equivalent, boolean asPredicted) {
    if (equivalent) {
      return Verdict.REFUTED;
    }
    if (p > options.alpha()) {
      return Verdict.UNDECIDED;
    }
    return asPredicted ? Verdict.SUPPORTED : Verdict.REFUTED;
  }

  /** So many runs of this spread would show equivalence within the margin, if it is there. */
  private OptionalLong runsToDecide(double[] values) {
    OptionalDouble sd = Summary.of(values).sd();
    return sd.isPresent() && sd.getAsDouble() > 0
        ? OptionalLong.of(RunsNeeded.standard().forEquivalence(sd.getAsDouble(), options.margin()))
        : OptionalLong.empty();
  }

  private Finding finding(Draft d, double corrected) {
    Verdict verdict = d.judge.of(corrected);
    return new Finding(
        d.hypothesis,
        d.scope,
        d.effect,
        d.low,
        d.high,
        d.quantity,
        d.p,
        corrected,
        verdict,
        d.shareRemoved,
        verdict == Verdict.UNDECIDED ? d.runsNeeded : OptionalLong.empty(),
        Sentences.of(d.hypothesis, verdict, d.effect, d.equivalent, options.margin()));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
