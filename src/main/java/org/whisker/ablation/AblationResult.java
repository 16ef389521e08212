package org.whisker.ablation;

import java.util.List;
import java.util.Optional;

/**
 * The results of an experiment on a model.
 *
 * @param effects in the order of the comparisons
 * @param target p(cat) that counts as success
 * @param supplements further measurements
 * @param observed observations of the control's evolved images
 */
public record AblationResult(
    Ablation ablation,
    String model,
    AblationSetting setting,
    double target,
    List<ArmRuns> arms,
    List<ArmEffect> effects,
    List<SupplementaryTable> supplements,
    List<Observed> observed) {
  public AblationResult {
    arms = List.copyOf(arms);
    effects = List.copyOf(effects);
    supplements = List.copyOf(supplements);
    observed = List.copyOf(observed);
  }

  /** Whether networks were trained for it, so that the statistical unit is the network. */
  public boolean isTrained() {
    return arms.get(0).arm().isTrained();
  }

  /** The effect by the primary measure of each comparison, including descriptive ones. */
  public List<ArmEffect> first() {
    return effects.stream().filter(ArmEffect::first).toList();
  }

  /** All observations. */
  public List<Observation> observations() {
    return observed.stream().flatMap(o -> o.observations().stream()).toList();
  }

  /** The runs of an arm; empty if there is no arm of that name, as for an interaction. */
  public Optional<ArmRuns> arm(String name) {
    return arms.stream().filter(runs -> runs.arm().name().equals(name)).findFirst();
  }
}
