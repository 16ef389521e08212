package org.whisker.ablation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.stats.Verdict;
import org.whisker.value.Checks;

/**
 * A contrast of arms, paired by seed: a weighted sum of their values minus a reference. Treatment
 * against control has the weights 1 and −1; an interaction of two factors has four weights; an arm
 * against chance has one, with ½ as the reference.
 *
 * @param name the name of the contrast, usually the treatment
 * @param against what it is compared with, in a word or two
 * @param weights by the name of the arm, in the order of the arms
 * @param measure primary measure, which decides the verdict
 * @param predicted prediction of the hypothesis
 */
public record ArmContrast(
    String name,
    String against,
    Map<String, Double> weights,
    double reference,
    Measure measure,
    Prediction predicted) {
  /** Stands in tables between what is compared and what it is compared with. */
  public static final String MINUS = " - ";

  /** Stands in labels before the name of an interaction. */
  public static final String INTERACTION = "interaction ";

  /** The prediction of a hypothesis for the effect. */
  public enum Prediction {
    /**
     * The statistic lies above 0: E rises (pixels move to the centre) when the suspected cause is
     * removed.
     */
    RISES,
    /** The statistic lies below 0. */
    FALLS,
    /** Different from 0. */
    DIFFERS,
    /** A bias, whichever way it goes. */
    LEANS,
    /**
     * The statistic lies above 0: there is what is asked for. What that causes is another question.
     */
    EXISTS,
    /** There is no relevant difference from what is to be explained. */
    MATCHES,
    /** There is no relevant effect: supported by an equivalence test, refuted by a difference. */
    STAYS,
    /** Nothing is predicted: the statistic is descriptive, without a verdict. */
    NOTHING;

    /** Whether no difference is predicted. */
    boolean isOfNone() {
      return this == STAYS || this == MATCHES;
    }

    /** Whether the effect has the predicted direction. */
    public boolean agrees(double effect) {
      return switch (this) {
        case DIFFERS, LEANS -> true;
        case RISES, EXISTS -> effect > 0;
        case FALLS -> effect < 0;
        case MATCHES, STAYS, NOTHING -> false;
      };
    }

    /**
     * The verdict on the hypothesis. Where no difference is predicted, equivalence supports it and
     * a difference refutes it.
     *
     * @param p the p-value of the test of the effect, corrected for multiple comparisons
     * @param pEquivalence the p-value of the equivalence test, corrected likewise; empty where
     *     there is none
     * @param effect whose sign says which way it goes
     */
    public Verdict verdict(double p, OptionalDouble pEquivalence, double alpha, double effect) {
      Verdict shown = Verdict.of(p, pEquivalence.orElse(1), alpha);
      if (isOfNone()) {
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
    Checks.refuse(weights.isEmpty(), "contrast %s compares nothing", name);
  }

  /** Treatment minus control. */
  public static ArmContrast pair(
      String treatment, String control, Measure measure, Prediction predicted) {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put(treatment, 1.0);
    weights.put(control, -1.0);
    return new ArmContrast(treatment, control, weights, 0, measure, predicted);
  }

  /** The edge index of an arm minus ½. */
  public static ArmContrast chance(String arm, Prediction predicted) {
    return new ArmContrast(arm, "chance", Map.of(arm, 1.0), NO_BIAS, Measure.EDGE_INDEX, predicted);
  }

  /** Whether the hypothesis predicts nothing. */
  public boolean isDescriptive() {
    return predicted == Prediction.NOTHING;
  }

  public String label() {
    return weights.size() > 2 ? INTERACTION + name : name + MINUS + against;
  }

  /** Whether it is a treatment against one control arm. */
  public boolean isPair() {
    return weights.size() == 2;
  }

  /** Whether an arm is compared with a fixed value rather than another arm. */
  public boolean isAgainstChance() {
    return weights.size() == 1;
  }

  /** The measures that can be compared; for an arm against chance, E alone. */
  List<Measure> measures() {
    return Stream.of(Measure.values())
        .filter(m -> !isAgainstChance() || (m.isEdgeIndex() && m != Measure.EDGE_INDEX_AT_GAIN))
        .toList();
  }
}
