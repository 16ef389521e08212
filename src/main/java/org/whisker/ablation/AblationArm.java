package org.whisker.ablation;

import java.util.function.UnaryOperator;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.option.Records;
import org.whisker.value.Checks;

/**
 * One arm of an experiment: a named intervention. Arms with the same network, transform and options
 * share their runs.
 *
 * @param name short name in tables and charts, unique within the experiment
 * @param what short description of the intervention
 * @param change change of the search options
 * @param fewestRuns minimum number of runs, for an arm with cheap runs and large variance
 */
public record AblationArm(
    String name,
    String what,
    ModelVariant variant,
    InputTransform transform,
    UnaryOperator<EvolutionOptions> change,
    int fewestRuns) {
  public AblationArm {
    Checks.require(
        name.matches("[\\p{Alnum}.=+-]+"), "an arm's name is one short word, was '%s'", name);
    Checks.refuse(fewestRuns < 0, "fewest runs %s", fewestRuns);
  }

  /** The control: no intervention. */
  public static AblationArm control(String name, String what) {
    return searching(name, what, UnaryOperator.identity());
  }

  /** Changes the search. */
  public static AblationArm searching(
      String name, String what, UnaryOperator<EvolutionOptions> change) {
    return new AblationArm(
        name, what, new ModelVariant.AsStored(), new InputTransform.Direct(), change, 0);
  }

  /** Searches so, within the limits of the experiment's base, whatever else that is. */
  public static AblationArm searchingBy(String name, String what, EvolutionOptions search) {
    return searching(name, what, search::withLimitsOf);
  }

  /** Changes the network. */
  public static AblationArm of(String name, String what, ModelVariant variant) {
    return new AblationArm(
        name, what, variant, new InputTransform.Direct(), UnaryOperator.identity(), 0);
  }

  /** Changes the input. */
  public static AblationArm transformed(String name, String what, InputTransform transform) {
    return new AblationArm(
        name, what, new ModelVariant.AsStored(), transform, UnaryOperator.identity(), 0);
  }

  /** A copy that searches so. */
  public AblationArm searching(UnaryOperator<EvolutionOptions> how) {
    return Records.changed(this, AblationArm::change).to(how);
  }

  /**
   * Combines both interventions; a roll comes before any other change of the input.
   *
   * @throws IllegalArgumentException if both change the network, or both its input
   */
  public AblationArm with(AblationArm other) {
    boolean own = variant instanceof ModelVariant.AsStored;
    boolean direct = transform instanceof InputTransform.Direct;
    boolean rolled = other.transform.equals(new InputTransform.Rolled());
    if (!(own || other.variant instanceof ModelVariant.AsStored)
        || !(direct || rolled || other.transform instanceof InputTransform.Direct)) {
      throw new IllegalArgumentException(
          name + " and " + other.name + " can't be crossed: both change the same of the network");
    }
    return new AblationArm(
        name + "+" + other.name,
        what + "; " + other.what,
        own ? other.variant : variant,
        direct ? other.transform : rolled ? new InputTransform.Rolled(transform) : transform,
        o -> other.change.apply(change.apply(o)),
        Math.max(fewestRuns, other.fewestRuns));
  }

  /**
   * Returns this arm on one of its trained networks, counted from 0; itself if none are trained.
   */
  public AblationArm ofNetwork(int number) {
    return Records.changed(this, AblationArm::variant).to(variant.ofNetwork(number));
  }

  /** Whether it needs networks to be trained. */
  public boolean isTrained() {
    return variant instanceof ModelVariant.Retrained;
  }

  /** Whether its networks are fine-tunes of the model, and so close to each other. */
  public boolean isFineTuned() {
    return variant instanceof ModelVariant.Retrained network && network.fineTuned();
  }

  /** Whether it has a flat fitness, without a network. */
  public boolean isFlat() {
    return transform instanceof InputTransform.Flat;
  }
}
