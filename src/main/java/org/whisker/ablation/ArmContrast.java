package org.whisker.ablation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
