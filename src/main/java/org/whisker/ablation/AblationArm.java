package org.whisker.ablation;

import java.util.function.UnaryOperator;
import org.whisker.evolution.EvolutionOptions;

/**
 * One arm of an experiment: a named intervention. Where two arms come to the same network,
 * transform and options, their runs are the same and are done once.
 *
 * @param name short, as tables and charts have it; unlike all others of the experiment
 * @param what is done, in a few words
 * @param change of the search's options
 * @param margin pixels along the border that are no part of the canvas on which E is measured
 * @param fewestRuns for an arm whose runs are cheap and whose spread is large
 */
public record AblationArm(
    String name,
    String what,
    ModelVariant variant,
    InputTransform transform,
    UnaryOperator<EvolutionOptions> change,
    int margin,
    int fewestRuns) {
  public AblationArm {
    if (!name.matches("[\\p{Alnum}λ.=+×-]+")) {
      throw new IllegalArgumentException("an arm's name is one short word, was '" + name + "'");
    }
    if (margin < 0 || fewestRuns < 0) {
      throw new IllegalArgumentException("margin " + margin + ", fewest runs " + fewestRuns);
    }
  }

  /** The network as it is, seen directly, searched as it was asked for. */
  public static AblationArm control(String name, String what) {
    return searching(name, what, UnaryOperator.identity());
  }

  /** Another search. */
  public static AblationArm searching(
      String name, String what, UnaryOperator<EvolutionOptions> change) {
    return new AblationArm(
        name, what, new ModelVariant.AsStored(), new InputTransform.Direct(), change, 0, 0);
  }

  /** Another network. */
  public static AblationArm of(String name, String what, ModelVariant variant) {
    return new AblationArm(
        name, what, variant, new InputTransform.Direct(), UnaryOperator.identity(), 0, 0);
  }

  /** The same network, seen otherwise. */
  public static AblationArm transformed(String name, String what, InputTransform transform) {
    return new AblationArm(
        name, what, new ModelVariant.AsStored(), transform, UnaryOperator.identity(), 0, 0);
  }

  /** This, with E measured within so many pixels from the border. */
  public AblationArm within(int newMargin) {
    return new AblationArm(name, what, variant, transform, change, newMargin, fewestRuns);
  }

  /**
   * Both interventions at once.
   *
   * @throws IllegalArgumentException when both change the network, or the transform of it
   */
  public AblationArm with(AblationArm other) {
    boolean own = variant instanceof ModelVariant.AsStored;
    boolean direct = transform instanceof InputTransform.Direct;
    if (!(own || other.variant instanceof ModelVariant.AsStored)
        || !(direct || other.transform instanceof InputTransform.Direct)
        || Math.min(margin, other.margin) > 0) {
      throw new IllegalArgumentException(
          name + " and " + other.name + " can't be crossed: both change the same of the network");
    }
    return new AblationArm(
        name + "+" + other.name,
        what + "; " + other.what,
        own ? other.variant : variant,
        direct ? other.transform : transform,
        o -> other.change.apply(change.apply(o)),
        Math.max(margin, other.margin),
        Math.max(fewestRuns, other.fewestRuns));
  }

  /** This on one of its networks, counted from 0, where networks are trained; else this. */
  public AblationArm ofNetwork(int number) {
    return new AblationArm(
        name, what, variant.ofNetwork(number), transform, change, margin, fewestRuns);
  }

  /** Whether networks are trained for it. */
  public boolean isTrained() {
    return variant instanceof ModelVariant.Retrained;
  }

  /** Whether no network is asked. */
  public boolean isFlat() {
    return transform instanceof InputTransform.Flat;
  }
}
