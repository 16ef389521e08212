package org.whisker.saliency.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.DeletionInsertion.RelevanceGain;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.saliency.faithfulness.MaxSensitivity;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.saliency.faithfulness.ParameterRandomisation.RandomisedStep;
import org.whisker.saliency.result.FaithfulnessTables.TestedMap;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * A row of {@code faithfulness.csv}: tests of the faithfulness of one map. Cells of tests that do
 * not apply to the map are empty.
 */
public record FaithfulnessRow(
    String image,
    String method,
    @Column(meaning = "order in which pixels were removed") String order,
    @Column("deletion_") @Nullable Causal deletion,
    @Column("insertion_") @Nullable Causal insertion,
    @Nullable Infidelity infidelity,
    @Column(
            meaning =
                "largest change of the map, in its unit, under a perturbation of 0.02 "
                    + "in gray (max-sensitivity)")
        OptionalDouble maxSensitivity,
    @Column(meaning = "max-sensitivity relative to the map") OptionalDouble maxSensitivityRelative,
    @Column(
            meaning =
                "Spearman's rho of |value| between the map and that of the network "
                    + "whose last layer is randomised")
        OptionalDouble rhoLogitLayerRandomised,
    @Column(
            meaning =
                "Spearman's rho of |value| between the map and that of the network all of whose"
                    + " layers are randomised")
        OptionalDouble rhoAllLayersRandomised,
    @Column(meaning = "mean rho with the other methods' maps of the image")
        OptionalDouble meanRhoOtherMethods,
    @Column(value = "srg_", meaning = "symmetric relevance gain; empty for a map of zeros")
        @Nullable RelevanceGain gain,
    @Column(
            value = "rho_all_layers_rolled_p",
            unit = "probability",
            meaning = "one-sided p-value of rho_all_layers_randomised against toroidal " + "shifts")
        OptionalDouble rhoAllLayersP,
    @Column(
            value = "rho_all_layers_smooth",
            meaning =
                "rho of maps averaged over noisy inputs, with all layers randomised " + "(sMPRT)")
        OptionalDouble rhoAllLayersSmooth,
    @Column(
            unit = "share",
            meaning = "relative rise of the map's entropy with all layers randomised " + "(eMPRT)")
        OptionalDouble entropyRise) {
  static final Table<FaithfulnessRow> TABLE = Table.of(FaithfulnessRow.class);

  static FaithfulnessRow of(TestedMap tested, MethodAgreement agreement) {
    Faithfulness found = tested.faithfulness();
    Optional<MaxSensitivity> sensitivity = found.sensitivity();
    Optional<RandomisedStep> all = tested.randomised().flatMap(ParameterRandomisation::last);
    return new FaithfulnessRow(
        tested.map().picture().name(),
        tested.map().method(),
        found.order() == DeletionInsertion.Order.TOWARDS_CAT
            ? "towards the target first"
            : "strongest first",
        Causal.of(found.causal().map(DeletionInsertion::deletion)),
        Causal.of(found.causal().map(DeletionInsertion::insertion)),
        found.infidelity().orElse(null),
        OptionalNumber.of(sensitivity, MaxSensitivity::largest),
        sensitivity.map(MaxSensitivity::relative).orElse(OptionalDouble.empty()),
        rho(tested, true),
        rho(tested, false),
        meanAgreement(tested, agreement),
        found.causal().map(DeletionInsertion::gain).orElse(null),
        OptionalNumber.of(all.flatMap(RandomisedStep::rolled), RolledNull::p),
        all.map(RandomisedStep::smooth).orElse(OptionalDouble.empty()),
        all.map(RandomisedStep::rise).orElse(OptionalDouble.empty()));
  }

  /** The rho of |value| with only the last layer, or all layers, randomised. */
  private static OptionalDouble rho(TestedMap tested, boolean first) {
    List<RandomisedStep> steps = tested.steps();
    return steps.isEmpty()
        ? OptionalDouble.empty()
        : steps.get(first ? 0 : steps.size() - 1).absolute();
  }

  private static OptionalDouble meanAgreement(TestedMap tested, MethodAgreement agreement) {
    int own = agreement.methods().indexOf(tested.map().method());
    List<OptionalDouble> row = agreement.absolute().get(own);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < row.size(); i++) {
      if (i != own && row.get(i).isPresent()) {
        sum += row.get(i).getAsDouble();
        count++;
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /** The summary of a deletion or insertion curve. */
  public record Causal(
      @Column(
              unit = "logit",
              meaning =
                  "area under the curve of the logit against the target over the share of "
                      + "pixels changed")
          double aucLogit,
      @Column(
              unit = "logit",
              meaning =
                  "lower end of the central 95 % of areas for random orders, up to "
                      + "random_high")
          double randomLow,
      @Column(unit = "logit") double randomHigh,
      @Column(
              unit = "probability",
              meaning = "one-sided p-value: how often a random order does at least as well")
          double p,
      @Column(
              value = "auc_p_target",
              unit = "probability",
              meaning = "area under the curve of p(target)")
          double aucPTarget,
      @Column(value = "rolled_", meaning = "the area in logits under toroidal shifts of the map")
          Optional<RolledNull> rolled) {
    static @Nullable Causal of(Optional<CausalCurve> curve) {
      return curve.map(Causal::of).orElse(null);
    }

    private static Causal of(CausalCurve curve) {
      CausalCurve.Series logit = curve.logit();
      return new Causal(
          logit.auc(),
          logit.randomAuc().low(),
          logit.randomAuc().high(),
          logit.p(),
          curve.cat().auc(),
          logit.rolled());
    }
  }
}
