package org.whisker.ablation;

import java.util.List;
import java.util.Optional;

/**
 * What an experiment came to on a model.
 *
 * @param arms in their order, the control first
 * @param target p(cat) that counts as success
 * @param supplements what else was measured
 * @param observed of the control's evolved images
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

  /** Whether networks were trained for it, so that the unit is the network. */
  public boolean isTrained() {
    return arms.get(0).arm().isTrained();
  }

  /** What each comparison was made for, those of which nothing is predicted included. */
  public List<ArmEffect> first() {
    return effects.stream().filter(ArmEffect::first).toList();
  }

  /** All that was observed. */
  public List<Observation> observations() {
    return observed.stream().flatMap(o -> o.observations().stream()).toList();
  }

  /** The runs of an arm; empty for a name that is none, such as that of an interaction. */
  public Optional<ArmRuns> arm(String name) {
    return arms.stream().filter(runs -> runs.arm().name().equals(name)).findFirst();
  }
}
