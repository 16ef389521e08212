package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The results of an experiment on a model.
 *
 * @param effects in the order of the comparisons
 * @param target p(target) that counts as success
 * @param supplements further measurements
 * @param observed observations of the control's evolved images
 * @param withheld comparisons and observations without a verdict, with the reason
 */
public record AblationResult(
    Ablation ablation,
    String model,
    AblationSetting setting,
    double target,
    List<ArmRuns> arms,
    List<ArmEffect> effects,
    List<SupplementaryTable> supplements,
    List<Observations> observed,
    List<WithheldComparison> withheld) {
  /** The name of units that are trained on from one network's weights. */
  public static final String FINE_TUNES = "fine-tunes of one network";

  public AblationResult {
    arms = List.copyOf(arms);
    effects = List.copyOf(effects);
    supplements = List.copyOf(supplements);
    observed = List.copyOf(observed);
    withheld = List.copyOf(withheld);
  }

  /** Whether networks were trained for it, so that the statistical unit is the network. */
  public boolean isTrained() {
    return arms.get(0).arm().isTrained();
  }

  /** Whether these networks are fine-tunes of the model, and so close to each other. */
  public boolean isFineTuned() {
    return arms.get(0).arm().isFineTuned();
  }

  /** The statistical units, in the plural. */
  public String units() {
    if (isFineTuned()) {
      return FINE_TUNES;
    }
    return isTrained() ? "networks" : "runs";
  }

  /** The effect by the primary measure of each comparison, including descriptive ones. */
  public List<ArmEffect> first() {
    return effects.stream().filter(ArmEffect::first).toList();
  }

  /** Why a comparison or observation of that name or label has no verdict; empty if it may. */
  public Optional<String> withheld(Predicate<String> named) {
    return withheld.stream()
        .filter(w -> named.test(w.comparison()))
        .map(WithheldComparison::reason)
        .findFirst();
  }

  /** Returns this result without a verdict on these comparisons too. */
  public AblationResult withholding(List<WithheldComparison> more) {
    List<WithheldComparison> all = Stream.concat(withheld.stream(), more.stream()).toList();
    return new AblationResult(
        ablation,
        model,
        setting,
        target,
        arms,
        effects.stream().map(effect -> effect.withheld(all)).toList(),
        supplements,
        observed,
        all);
  }

  public List<Observation> observations() {
    return observed.stream().flatMap(o -> o.observations().stream()).toList();
  }

  /** The runs of an arm; empty if there is no arm of that name, as for an interaction. */
  public Optional<ArmRuns> arm(String name) {
    return arms.stream().filter(runs -> runs.arm().name().equals(name)).findFirst();
  }
}
