package org.whisker.ablation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.ArmEffects.PairedValues;
import org.whisker.ablation.Observed.Withheld;
import org.whisker.random.SplitMix64;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * A check of a treatment against its placebo: E of the treatment can lie above that of the placebo
 * because the treatment raised it or because the placebo lowered it. Only if it also lies above
 * that of the control, the difference is an effect of the treatment.
 *
 * @param comparison label of the comparison whose verdict is withheld otherwise
 * @param treated name of the treated arm
 * @param placebo name of the placebo arm
 * @param control name of the control arm
 */
public record PlaceboCheck(String comparison, String treated, String placebo, String control)
    implements Function<Ablation.Finished, Optional<Withheld>> {
  private static final int DRAWS = 9_999;

  @Override
  public Optional<Withheld> apply(Ablation.Finished finished) {
    Map<String, ArmRuns> arms = finished.arms();
    if (!arms.containsKey(treated) || !arms.containsKey(placebo)) {
      return Optional.empty();
    }
    double beyond = DoubleStream.of(differences(arms, placebo)).average().orElse(0);
    if (beyond <= Measure.MARGIN || isRaised(differences(arms, control), finished.setting())) {
      return Optional.empty();
    }
    return Optional.of(
        new Withheld(
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
    ArmContrast contrast =
        ArmContrast.pair(treated, against, measure, ArmContrast.Prediction.RISES);
    return PairedValues.of(contrast, measure, arms).contrasts();
  }

  private static boolean isRaised(double[] differences, AblationSetting setting) {
    RandomGenerator random = SplitMix64.stream(setting.seed(), "ablate placebo check", 0);
    return differences.length > 1
        && SignFlipTest.of(differences, 0, Alternative.GREATER, DRAWS, random).p()
            <= ArmEffects.ALPHA;
  }
}
