package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.ArmEffects.PairedValues;
import org.whisker.random.SplitMix64;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** Checks of an ablation's arms that withhold a verdict where the arms can't bear one. */
public final class ArmChecks {
  private static final double ROUNDING = 1e-9;

  private ArmChecks() {}

  /**
   * What every comparison has to pass before it gets a verdict: no empty canvas is a cat already.
   * Of E, where enough runs are cats: each arm keeps at least half of the gain of the experiment's
   * control, and the difference does not depend on whether arms are compared at equal p(target) or
   * at equal gain. Of p(target): a difference shows in logits, too.
   */
  static List<WithheldComparison> ofComparisons(FinishedArms finished, List<ArmEffect> effects) {
    List<WithheldComparison> withheld = new ArrayList<>();
    for (ArmEffect effect : effects) {
      if (effect.decisive()) {
        ArmContrast contrast = effect.contrast();
        whiteCat(finished, contrast)
            .or(() -> ofMeasure(finished, effect, effects))
            .ifPresent(why -> withheld.add(new WithheldComparison(contrast.label(), why)));
      }
    }
    return withheld;
  }

  private static Optional<String> ofMeasure(
      FinishedArms finished, ArmEffect effect, List<ArmEffect> effects) {
    return switch (effect.contrast().measure()) {
      case EDGE_INDEX -> lostGain(finished, effect).or(() -> unequalGain(effect, effects));
      case P_TARGET -> onlyOfProbability(effect, effects);
      default -> Optional.empty();
    };
  }

  /**
   * Whether what shows in p(target) does not show in logits: p(target) can't rise above 1, so a
   * difference of differences can be no more than that two arms are cats anyway.
   */
  private static Optional<String> onlyOfProbability(ArmEffect effect, List<ArmEffect> effects) {
    return effects.stream()
        .filter(e -> e.contrast().equals(effect.contrast()) && e.measure() == Measure.GAIN)
        .filter(e -> effect.delta() != null && e.delta() != null && effect.p() <= ArmEffects.ALPHA)
        .filter(e -> value(effect) * value(e) <= 0 || e.p() > ArmEffects.ALPHA)
        .map(
            e ->
                Text.of(
                    "the difference of p(target) is %.2f, that of the gain over white %.2f logits (p"
                        + " %.3f): it is not shown in logits, and p(target) can't rise above 1",
                    value(effect), value(e), e.p()))
        .findFirst();
  }

  private static double value(ArmEffect effect) {
    return effect.delta() == null ? Double.NaN : effect.delta().value();
  }

  private static Optional<String> whiteCat(FinishedArms finished, ArmContrast contrast) {
    return contrast.weights().keySet().stream()
        .flatMap(name -> Stream.ofNullable(finished.arms().get(name)))
        .flatMap(runs -> runs.whiteCat().stream())
        .findFirst();
  }

  private static Optional<String> lostGain(FinishedArms finished, ArmEffect effect) {
    String control = finished.arms().keySet().iterator().next();
    boolean cats = effect.verdict() != Verdict.NOT_ENOUGH_TARGETS;
    return effect.contrast().weights().keySet().stream()
        .filter(name -> cats && !name.equals(control))
        .filter(
            name -> Stream.ofNullable(finished.arms().get(name)).noneMatch(r -> r.arm().isFlat()))
        .map(name -> new GainCheck(name, name, control, GainCheck.HALF))
        .flatMap(check -> check.apply(finished).stream())
        .map(WithheldComparison::reason)
        .findFirst();
  }

  /** Whether what shows at equal p(target) is gone, or turned, at equal gain. */
  private static Optional<String> unequalGain(ArmEffect effect, List<ArmEffect> effects) {
    return effects.stream()
        .filter(e -> e.contrast().equals(effect.contrast()))
        .filter(e -> e.measure() == Measure.EDGE_INDEX_AT_GAIN)
        .filter(e -> differs(effect, e))
        .map(
            e ->
                Text.of(
                    "at equal p(target) the difference of E is %.2f, at equal gain over white (%.2f"
                        + " logits) it is %.2f, so it depends on how sure the images are",
                    value(effect), e.equalGain().orElse(Double.NaN), value(e)))
        .findFirst();
  }

  private static boolean differs(ArmEffect level, ArmEffect gain) {
    if (level.delta() == null || gain.delta() == null) {
      return false;
    }
    double atLevel = level.delta().value();
    double atGain = gain.delta().value();
    boolean same = Math.abs(atLevel - atGain) < ROUNDING;
    if (level.pEquivalence().orElse(1) <= ArmEffects.ALPHA) {
      return !same && gain.p() <= ArmEffects.ALPHA && Math.abs(atGain) > Measure.MARGIN;
    }
    boolean kept =
        atLevel * atGain > 0
            && (gain.p() <= ArmEffects.ALPHA || Math.abs(atGain) >= Math.abs(atLevel) / 2);
    return !same && level.p() <= ArmEffects.ALPHA && !kept;
  }

  /**
   * A manipulation check: images that are hardly better than white give no evidence on where pixels
   * lie. The mean gain of an arm (the logit against the target of the empty canvas minus that of
   * the final image) must be at least a share of the control's.
   *
   * @param comparison label of the comparison whose verdict is withheld otherwise
   * @param treated name of the arm that is checked
   * @param control name of the control arm
   * @param share smallest share of the control's mean gain
   */
  public record GainCheck(String comparison, String treated, String control, double share)
      implements Function<FinishedArms, Optional<WithheldComparison>> {
    /** Half of the control's gain. */
    public static final double HALF = 0.5;

    public GainCheck {
      Checks.require(share > 0 && share <= 1, "a share is above 0 and at most 1, was %s", share);
    }

    @Override
    public Optional<WithheldComparison> apply(FinishedArms finished) {
      if (!finished.arms().keySet().containsAll(Set.of(treated, control))) {
        return Optional.empty(); // left out
      }
      OptionalDouble least = gain(finished, control);
      OptionalDouble gained = gain(finished, treated);
      if (least.isEmpty()
          || gained.isEmpty()
          || gained.getAsDouble() < least.getAsDouble() * share) {
        return Optional.of(new WithheldComparison(comparison, reason(gained, least)));
      }
      return Optional.empty();
    }

    private static OptionalDouble gain(FinishedArms finished, String arm) {
      return Objects.requireNonNull(finished.arms().get(arm), arm).mean(Measure.GAIN);
    }

    private String reason(OptionalDouble gained, OptionalDouble least) {
      return gained.isEmpty() || least.isEmpty()
          ? "no run of " + (gained.isEmpty() ? treated : control) + " has an image"
          : Text.of(
              "the images of %s gain %.2f logits over white, less than %s of the gain of %s (%.2f),"
                  + " so the positions of their pixels are no evidence",
              treated,
              gained.getAsDouble(),
              share == HALF ? "half" : Double.toString(share),
              control,
              least.getAsDouble());
    }
  }

  /**
   * A check of a treatment against its placebo: E of the treatment can lie above that of the
   * placebo because the treatment raised it or because the placebo lowered it. Only if it also lies
   * above that of the control, the difference is an effect of the treatment.
   *
   * @param comparison label of the comparison whose verdict is withheld otherwise
   * @param treated name of the treated arm
   * @param placebo name of the placebo arm
   * @param control name of the control arm
   */
  public record PlaceboCheck(String comparison, String treated, String placebo, String control)
      implements Function<FinishedArms, Optional<WithheldComparison>> {
    private static final int DRAWS = 9_999;

    @Override
    public Optional<WithheldComparison> apply(FinishedArms finished) {
      Map<String, ArmRuns> arms = finished.arms();
      if (!arms.containsKey(treated) || !arms.containsKey(placebo)) {
        return Optional.empty();
      }
      double beyond = DoubleStream.of(differences(arms, placebo)).average().orElse(0);
      if (beyond <= Measure.MARGIN || isRaised(differences(arms, control), finished.setting())) {
        return Optional.empty();
      }
      return Optional.of(
          new WithheldComparison(
              comparison,
              "E of %s lies above that of %s, but not above that of %s: the placebo moved the pixels"
                  .formatted(treated, placebo, control)));
    }

    private double[] differences(Map<String, ArmRuns> arms, String against) {
      Measure measure =
          ArmRuns.level(
                  Stream.of(treated, placebo, control)
                      .map(name -> Objects.requireNonNull(arms.get(name), name))
                      .toList())
              .orElse(Measure.EDGE_INDEX);
      ArmContrast contrast = ArmContrast.pair(treated, against, measure, Prediction.RISES);
      return PairedValues.of(contrast, measure, arms).contrasts();
    }

    private static boolean isRaised(double[] differences, AblationSetting setting) {
      RandomGenerator random = SplitMix64.stream(setting.seed(), "ablate placebo check", 0);
      return differences.length > 1
          && SignFlipTest.of(differences, 0, Alternative.GREATER, DRAWS, random).p()
              <= ArmEffects.ALPHA;
    }
  }
}
