package org.whisker.ablation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.stats.Verdict;

/**
 * A comparison of arms, seed by seed: the weighted sum of their values less a reference. A
 * treatment against its control has the weights 1 and −1; an interaction of two factors four; an
 * arm against chance one, and ½ as its reference.
 *
 * @param name of the row; the treatment's
 * @param against what it is compared with, in a word
 * @param weights by the name of the arm, in the order of the arms
 * @param measure which decides the verdict, or is of interest first
 * @param predicted what the hypothesis says of it
 */
public record ArmContrast(
    String name,
    String against,
    Map<String, Double> weights,
    double reference,
    Measure measure,
    Prediction predicted) {
  /** What a hypothesis says of the effect. */
  public enum Prediction {
    /** It is above 0: E rises towards the centre, when the suspected cause is taken away. */
    RISES,
    /** It is below 0. */
    FALLS,
    /** It is not 0. */
    DIFFERS,
    /** There is none that matters: shown by an equivalence test, refuted by a difference. */
    STAYS,
    /** Nothing: it is told for what it is, without a verdict. */
    NOTHING;

    /** Whether an effect goes the way that was predicted. */
    public boolean agrees(double effect) {
      return this == DIFFERS || (this == RISES ? effect > 0 : this == FALLS && effect < 0);
    }

    /**
     * The verdict on the hypothesis. Where no difference is predicted, equivalence supports it and
     * a difference refutes it.
     *
     * @param p of the test for the effect, corrected for the other comparisons
     * @param pEquivalence of the equivalence test, corrected likewise; empty where there is none
     * @param effect whose sign says which way it goes
     */
    public Verdict verdict(double p, OptionalDouble pEquivalence, double alpha, double effect) {
      Verdict shown = Verdict.of(p, pEquivalence.orElse(1), alpha);
      if (this == STAYS) {
        return switch (shown) {
          case NO_EFFECT -> Verdict.SUPPORTED;
          case SUPPORTED -> Verdict.REFUTED;
          default -> shown;
        };
      }
      return shown == Verdict.SUPPORTED && !agrees(effect) ? Verdict.OPPOSITE : shown;
    }
  }

  private static final double NO_BIAS = 0.5;

  public ArmContrast {
    weights = new LinkedHashMap<>(weights);
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("contrast " + name + " compares nothing");
    }
  }

  /** Treatment less control. */
  public static ArmContrast pair(
      String treatment, String control, Measure measure, Prediction predicted) {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put(treatment, 1.0);
    weights.put(control, -1.0);
    return new ArmContrast(treatment, control, weights, 0, measure, predicted);
  }

  /** The edge index of an arm less ½. */
  public static ArmContrast chance(String arm, Prediction predicted) {
    return new ArmContrast(arm, "chance", Map.of(arm, 1.0), NO_BIAS, Measure.EDGE_INDEX, predicted);
  }

  /** Whether the hypothesis says anything of it. */
  public boolean isDescriptive() {
    return predicted == Prediction.NOTHING;
  }

  /** As people read it. */
  public String label() {
    return weights.size() > 2 ? "interaction " + name : name + " \u2212 " + against;
  }

  /** Whether it is a treatment against one control arm. */
  public boolean isPair() {
    return weights.size() == 2;
  }

  /** Whether an arm is held against a fixed value, not another arm. */
  public boolean isAgainstChance() {
    return weights.size() == 1;
  }

  /** What can be compared: of an arm against chance, E alone. */
  List<Measure> measures() {
    return Stream.of(Measure.values()).filter(m -> !isAgainstChance() || m.isEdgeIndex()).toList();
  }
}
