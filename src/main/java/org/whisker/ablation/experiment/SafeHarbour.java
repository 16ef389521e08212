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
 * Whether pixels end at the edge because there they do no harm: without the price of the centre the
 * bias should go.
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
        "evolution on a surrogate: the logit less what a black pixel costs in the centre beyond"
            + " what it costs at the border (probed on white; many pixels as scattered ones cost);"
            + " and other prices λ of a pixel; if the centre's penalty drove pixels out, E would"
            + " rise without it (p(cat) is the network's own)",
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
