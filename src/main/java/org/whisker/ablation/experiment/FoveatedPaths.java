package org.whisker.ablation.experiment;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;

/**
 * Experiment {@code foveation}: whether evolved pixels lie where many paths lead into the network.
 */
public final class FoveatedPaths implements Observer {
  private FoveatedPaths() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "foveation",
        "foveation",
        "the number of paths that lead from each pixel to the last feature map, against where the"
            + " control's evolved pixels lie; fewer paths start at the edge, so the hypothesis"
            + " predicts pixels nearer the centre",
        new FoveatedPaths());
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model.paths().isEmpty()
        ? Optional.of("its layers are not known, so paths can't be counted")
        : Optional.empty();
  }

  @Override
  public Observed observe(Input input) {
    return new Observed.Plain(
        Observation.corrected(
            List.of(
                MapAgreement.of(
                    "paths from the pixel",
                    Prediction.RISES,
                    input.marked(),
                    input.model().paths().orElseThrow(),
                    input.unmarked(),
                    input))));
  }
}
