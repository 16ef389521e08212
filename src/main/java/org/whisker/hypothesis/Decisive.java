package org.whisker.hypothesis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.Observation;

/**
 * The comparison of an experiment that decides a hypothesis: one per hypothesis, fixed beforehand,
 * so that the correction of a report is over hypotheses rather than arms. It is named by what the
 * experiment itself is made of, a contrast or the name of an observation, not by a text for people.
 */
public sealed interface Decisive {
  /** A contrast of arms, the same in every setting. */
  static Decisive by(ArmContrast contrast) {
    return new OfArms(setting -> contrast);
  }

  /** A contrast whose arms depend on the model. */
  static Decisive by(Function<AblationSetting, ArmContrast> contrast) {
    return new OfArms(contrast);
  }

  /** The observation of that name; of two, the last, which is against a control. */
  static Decisive by(String observation) {
    return new OfImages(observation::equals, false);
  }

  /**
   * The most significant of these observations, its p corrected for the others; of equal ones the
   * largest. "No effect" is a statement about all of them, so the p of their equivalence is the
   * largest.
   */
  static Decisive byClearest(Predicate<String> observations) {
    return new OfImages(observations, true);
  }

  /** The effect that decides, by its primary measure; empty if it is none of arms, or has none. */
  Optional<ArmEffect> effect(AblationResult result);

  /** The observation that decides; empty if it is one of arms, or there is none. */
  Optional<Observation> observation(AblationResult result);

  /** Why it has no verdict though it was made; empty if it may have one. */
  Optional<String> withheld(AblationResult result);

  /** The arms that it compares, and none for observations of the control. */
  Set<String> arms(AblationDesign design, AblationSetting setting);

  /** Whether the clearest of several observations counts. */
  boolean isClearest();

  record OfArms(Function<AblationSetting, ArmContrast> contrast) implements Decisive {
    @Override
    public Optional<ArmEffect> effect(AblationResult result) {
      ArmContrast wanted = contrast.apply(result.setting());
      return result.first().stream()
          .filter(effect -> effect.contrast().equals(wanted))
          .max(Comparator.comparingInt(ArmEffect::seeds));
    }

    @Override
    public Optional<Observation> observation(AblationResult result) {
      return Optional.empty();
    }

    @Override
    public Optional<String> withheld(AblationResult result) {
      ArmContrast wanted = contrast.apply(result.setting());
      return result.withheld(Set.of(wanted.name(), wanted.label())::contains);
    }

    @Override
    public Set<String> arms(AblationDesign design, AblationSetting setting) {
      ArmContrast wanted = contrast.apply(setting);
      return design.contrasts().contains(wanted) ? wanted.weights().keySet() : Set.of();
    }

    @Override
    public boolean isClearest() {
      return false;
    }
  }

  /** Looks at the control's images. */
  record OfImages(Predicate<String> named, boolean isClearest) implements Decisive {
    @Override
    public Optional<ArmEffect> effect(AblationResult result) {
      return Optional.empty();
    }

    @Override
    public Optional<Observation> observation(AblationResult result) {
      List<Observation> fitting =
          result.observations().stream().filter(o -> named.test(o.name())).toList();
      return isClearest ? clearest(fitting) : fitting.stream().reduce((first, last) -> last);
    }

    /**
     * Returns the most significant observation, of equal p the one with the largest effect. It is
     * equivalent to none only if all are.
     */
    private static Optional<Observation> clearest(List<Observation> fitting) {
      OptionalDouble equivalent =
          fitting.stream().allMatch(o -> o.pEquivalence().isPresent())
              ? fitting.stream().mapToDouble(o -> o.pEquivalence().orElse(1)).max()
              : OptionalDouble.empty();
      return fitting.stream()
          .min(
              Comparator.comparingDouble(Observation::pShaffer)
                  .thenComparing(o -> -Math.abs(o.effect())))
          .map(o -> o.withEquivalence(equivalent));
    }

    @Override
    public Optional<String> withheld(AblationResult result) {
      return result.withheld(named);
    }

    @Override
    public Set<String> arms(AblationDesign design, AblationSetting setting) {
      return Set.of();
    }
  }
}
