package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;

/**
 * Experiment {@code safe-harbour}: whether pixels accumulate at the edge because they are harmless
 * there; without the penalty of the centre, the bias should vanish.
 */
final class SafeHarbour {
  static final String CONTROL = "own-price";
  private static final String SURROGATE = "no-penalty";
  private static final double[] LAMBDAS = {0, 0.001, 0.005};

  private SafeHarbour() {}

  static Ablation ablation() {
    return new Ablation(
        "safe-harbour",
        "safe-harbour",
        "evolution on a surrogate: the logit minus the penalty of black pixels in the centre"
            + " relative to the border (probed on white, calibrated on scattered pixels); and other"
            + " values of λ; if this penalty drives pixels outwards, E rises without it (p(cat) is"
            + " the network's own)",
        "nothing",
        SafeHarbour::design,
        List.of(RingContributions::of));
  }

  private static Ablation.Design design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(AblationArm.control(CONTROL, "the network's logit, λ = " + s.lambda()));
    arms.add(
        AblationArm.transformed(
            SURROGATE,
            "the logit less the centre's penalty",
            new InputTransform.WithoutPenalty(s.seed())));
    contrasts.add(ArmContrast.pair(SURROGATE, CONTROL, Measure.EDGE_INDEX, Prediction.RISES));
    DoubleStream.of(LAMBDAS)
        .filter(lambda -> lambda != s.lambda())
        .forEach(
            lambda -> {
              String name = "λ" + (lambda == 0 ? "0" : Double.toString(lambda));
              arms.add(
                  AblationArm.searching(
                      name, "a black pixel costs " + lambda + " nats", o -> o.withLambda(lambda)));
              contrasts.add(
                  ArmContrast.pair(name, CONTROL, Measure.EDGE_INDEX, Prediction.NOTHING));
            });
    return new Ablation.Design(arms, contrasts);
  }
}
